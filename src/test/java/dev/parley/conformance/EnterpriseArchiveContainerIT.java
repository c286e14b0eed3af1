package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.io.File;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * An EAR with Parley in its {@code lib} and two WARs, of which one has the name of the EAR: they have one log, and each has the
 * endpoint. And an EAR with a WAR that has a Parley of its own.
 */
@ArquillianTest
@RunAsClient
class EnterpriseArchiveContainerIT {
    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "pair", testable = false)
    static EnterpriseArchive pair() {
        EnterpriseArchive pair = withParley("left.ear");
        pair.addAsLibrary(ShrinkWrap.create(JavaArchive.class, "desk.jar")
                .addClass(Desk.class)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml"));
        return pair.addAsModule(web("left.war")).addAsModule(web("right.war"));
    }

    @Deployment(name = "single", testable = false)
    static EnterpriseArchive single() {
        WebArchive own = Container.application("own.war", "").setWebXML(new StringAsset("""
                <web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>
                  <context-param>
                    <param-name>parley.limit.text</param-name><param-value>2000</param-value>
                  </context-param>
                </web-app>
                """));
        return ShrinkWrap.create(EnterpriseArchive.class, "single.ear").addAsModule(own);
    }

    /** Each of its WARs sends a last message. */
    @Deployment(name = "evening", managed = false, testable = false)
    static EnterpriseArchive evening() {
        return withParley("evening.ear")
                .addAsModule(web("early.war").addClass(Farewell.class))
                .addAsModule(web("late.war").addClass(Farewell.class));
    }

    private static EnterpriseArchive withParley(String name) {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, name).addAsLibrary(new File("target/parley-classes.jar"));
        Container.war()
                .getContent(path -> path.get().startsWith("/WEB-INF/lib/"))
                .forEach((path, node) -> ear.addAsLibrary(node.getAsset(), name(path)));
        return ear;
    }

    private static String name(ArchivePath path) {
        return path.get().substring(path.get().lastIndexOf('/') + 1);
    }

    private static WebArchive web(String name) {
        return ShrinkWrap.create(WebArchive.class, name).addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    @Test
    void eachWarHasTheEndpointAndAllHaveOneLog() {
        String room = "room-" + UUID.randomUUID();
        try (Person ann = Person.at(chat("left"), Map.of("name", "ann"));
                Person bob = Person.at(chat("right"), Map.of("name", "bob"))) {
            String epoch = ann.joins(room).getString("epoch");
            assertThat(bob.joins(room).getString("epoch")).isEqualTo(epoch);
            ann.says(room, "from the left");
            assertThat(Messages.seq(bob.hears("from the left"))).isEqualTo(1);
            bob.says(room, "from the right");
            ann.hears("from the right");
        }
    }

    @Test
    void aBeanBesideParleyHearsEachEntryOnce() {
        String room = "room-" + UUID.randomUUID();
        for (String war : new String[] {"left", "right"}) {
            try (Person ann = Person.at(chat(war), Map.of("name", "ann-" + war))) {
                ann.joins(room);
                ann.says(room, "desk, who is here?");
                ann.hears("here: ann-" + war);
            }
        }
        try (Person bob = Person.at(chat("left"), Map.of("name", "bob"))) {
            bob.joins(room);
            bob.says(room, "desk, who is here?");
            bob.hears("here: bob");
            assertThat(Messages.entries(bob.asksForHistory(room, Map.of()))).hasSize(6);
        }
    }

    @Test
    void aWarWithAParleyOfItsOwnHasItsOwnSettings() {
        try (Person ann = Person.at(chat("own"), Map.of("name", "ann"))) {
            assertThat(ann.welcome().getJsonObject("limits").getInt("text")).isEqualTo(2000);
        }
    }

    @Test
    void eachWarSendsALastMessageBeforeParleyEnds() {
        deployer.deploy("evening");
        deployer.undeploy("evening");

        deployer.deploy("evening");
        try (Person ann = Person.at(chat("early"), Map.of("name", "ann"))) {
            assertThat(Messages.texts(Messages.entries(ann.joins(Farewell.ROOM))))
                    .containsExactly(Farewell.TEXT, Farewell.TEXT);
        } finally {
            deployer.undeploy("evening");
        }
    }

    @Test
    void theFilterIsInEachWar() {
        for (String war : new String[] {"left", "right"}) {
            try (RawClient foreign = RawClient.ask(chat(war), "Origin: http://evil.example")) {
                assertThat(foreign.status()).isEqualTo(403);
            }
        }
    }

    private static URI chat(String war) {
        return Container.chat().resolve("/" + war + "/chat");
    }
}

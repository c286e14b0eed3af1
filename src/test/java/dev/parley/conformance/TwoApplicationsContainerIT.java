package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.CloseCode;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Two applications with Parley in one server: each has a log of its own, without a word. */
@ArquillianTest
@RunAsClient
class TwoApplicationsContainerIT {
    static final String SECOND = "second.app";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "first", order = 1, testable = false)
    static WebArchive first() {
        return Container.war();
    }

    @Deployment(name = "second", order = 2, testable = false)
    static WebArchive second() {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "second.war").merge(Container.war());
        war.delete("WEB-INF/jboss-web.xml");
        war.delete("WEB-INF/glassfish-web.xml");
        return war.addAsWebInfResource(
                        new StringAsset("<jboss-web><context-root>/" + SECOND + "</context-root></jboss-web>"),
                        "jboss-web.xml")
                .addAsWebInfResource(
                        new StringAsset(
                                "<glassfish-web-app><context-root>/" + SECOND + "</context-root></glassfish-web-app>"),
                        "glassfish-web.xml");
    }

    @Deployment(name = "third", managed = false, testable = false)
    static WebArchive third() {
        return Container.application("third.war", "");
    }

    @Deployment(name = "fourth", managed = false, testable = false)
    static WebArchive fourth() {
        return Container.application("fourth.war", "parley.limit.text=1000");
    }

    @Test
    void eachGoesOnWithoutTheOther() {
        String room = "room-" + UUID.randomUUID();
        deployer.deploy("third");
        deployer.deploy("fourth");
        String epoch;
        try (Person ann = Person.at(chat("third"), Map.of("name", "ann"));
                Person bob = Person.at(chat("fourth"), Map.of("name", "bob"))) {
            assertThat(bob.welcome().getJsonObject("limits").getInt("text")).isEqualTo(1000);
            assertThat(ann.welcome().getJsonObject("limits").getInt("text")).isNotEqualTo(1000);
            epoch = ann.joins(room).getString("epoch");
            ann.says(room, "kept");
            assertThat(bob.joins(room).getString("epoch")).isNotEqualTo(epoch);
            deployer.undeploy("third");
            assertThat(ann.isClosed()).isEqualTo(CloseCode.GOING_AWAY.code());
            bob.says(room, "still here");
        }
        deployer.deploy("third");
        deployer.undeploy("fourth");
        try (Person ann = Person.at(chat("third"), Map.of("name", "ann"))) {
            var joined = ann.joins(room);
            assertThat(joined.getString("epoch")).isEqualTo(epoch);
            assertThat(Messages.entries(joined)).hasSize(1);
            ann.says(room, "here too");
        } finally {
            deployer.undeploy("third");
        }
    }

    private static URI chat(String application) {
        return Container.chat().resolve("/" + application + "/chat");
    }

    @Test
    void whatIsSaidInOneApplicationIsNotInTheOther() {
        URI other = Container.chat().resolve("/" + SECOND + "/chat");
        String room = "room-" + UUID.randomUUID();
        try (Person ann = Person.at(Container.chat(), Map.of("name", "ann"));
                Person bob = Person.at(other, Map.of("name", "bob"))) {
            String epoch = ann.joins(room).getString("epoch");
            ann.says(room, "only here");
            var joined = bob.joins(room);
            assertThat(Messages.entries(joined)).isEmpty();
            assertThat(joined.getString("epoch")).isNotEqualTo(epoch);
        }
    }
}

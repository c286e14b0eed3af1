package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The same archive twice in one server: each has a log of its own, without a word. */
@ArquillianTest
@RunAsClient
class TwoApplicationsContainerIT {
    static final String SECOND = "second.app";

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

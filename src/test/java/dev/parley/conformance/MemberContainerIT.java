package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Rooms with members in a container, by clients and by a bean of the application. */
@ArquillianTest
@RunAsClient
class MemberContainerIT extends Guests implements MemberConformance {
    @Deployment(name = "settings", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings(
                "settings", Map.of("parley.jwt.secret", SECRET, "parley.access", "members", "parley.rate", "500"));
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.war().addClass(Landlord.class);
    }

    @Override
    public URI chat() {
        return Container.chat();
    }

    @Override
    public String server() {
        return Container.name();
    }

    private static void asks(Person person, String room, String what) {
        person.says(room, "landlord, " + what);
        person.hears("done");
    }

    @Test
    void aBeanMakesRoomsAndGivesRoles() {
        String office = room();
        String cellar = room();
        String bobsId = id("bob");
        String cleosId = id("cleo");
        Person ann = user(id("ann"));
        MemberConformance.creates(ann, office, false);
        ann.joins(office);
        Person bob = user(bobsId);
        Person cleo = user(cleosId);
        asks(ann, office, "createClosed " + cellar + " " + bobsId);
        JsonObject invited = bob.awaits("invited");
        assertThat(invited.getString("room")).isEqualTo(cellar);
        assertThat(invited.getJsonObject("caller").getString("kind")).isEqualTo("application");
        bob.joins(cellar);
        assertThat(cleo.isRefused("join", Map.of("room", cellar))).isEqualTo("forbidden");
        asks(ann, office, "invite " + cellar + " " + cleosId);
        cleo.joins(cellar);
        asks(ann, office, "moderator " + cellar + " " + cleosId);
        assertThat(cleo.awaits("granted").getJsonArray("may").toString()).contains("moderate");
        asks(ann, office, "roles " + cellar + " " + cleosId);
        ann.hears("roles: MODERATOR");
        asks(ann, office, "dismiss " + cellar + " " + cleosId);
        assertThat(cleo.awaits("left").getString("reason")).endsWith("as was asked");
        ann.says(office, "landlord, dismiss " + cellar + " " + bobsId);
        assertThat(ann.awaits(
                                "an answer",
                                message -> message.getString("text", "").startsWith("no: "))
                        .getString("text"))
                .contains("would have no owner");
        asks(ann, office, "open " + cellar + " " + bobsId);
        cleo.joins(cellar);
        asks(ann, office, "close " + cellar + " " + bobsId);
        cleo.awaits("left");
        bob.says(cellar, "among us");
        bob.awaitsBeat();
        assertThat(cleo.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
    }

    /** Nobody else may: they were written when the room was everybody's. */
    @Test
    void aBeanGivesAnOwnerToARoomThatHasMessages() {
        String office = room();
        String old = room();
        String annsId = id("ann");
        Person ann = user(annsId);
        MemberConformance.creates(ann, office, false);
        ann.joins(office);
        Person inspector = inspector();
        inspector.joins(old);
        inspector.says(old, "older than any owner");
        asks(ann, office, "create " + old + " " + annsId);
        assertThat(Messages.texts(Messages.entries(ann.joins(old)))).containsExactly("older than any owner");
    }
}

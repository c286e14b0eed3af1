package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people say where observers of the application are called before it is stored, or for some rooms only. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class BeforeContainerIT {
    private static final byte[] FILE = {1, 2, 3};

    private Person ann;
    private Person bob;
    private String room;

    @Deployment(testable = false)
    static WebArchive war() {
        return Container.war().addClasses(Censor.class, Observed.class, Observed.InRequest.class);
    }

    @BeforeEach
    void come() {
        ann = person();
        bob = person();
        room = "chat-" + UUID.randomUUID();
        ann.joins(room);
        bob.joins(room);
    }

    @AfterEach
    void go() {
        ann.close();
        bob.close();
    }

    @Test
    void everybodyHearsWhatTheObserverHasPutInPlace() {
        ann.says(room, "card 4111 1111");

        bob.hears("card **** ****");
        ann.hears("card **** ****");
        assertThat(log()).containsExactly("card **** ****");
    }

    @Test
    void observersAreCalledInTheOrderOfTheirPriority() {
        ann.says(room, "order");

        bob.hears("order first second");
    }

    /** A signal has no draft, so the observer would not see it. */
    @Test
    void signalsOfPeersAreDropped() {
        ann.sends("signal", Map.of("room", room, "text", "rude"));
        ann.says(room, "kind");

        bob.hears("kind");
        assertThat(bob.hasHeard()).noneMatch(message -> Messages.is(message, "signal"));
    }

    @Test
    void whoIsRefusedGetsTheSentenceAndNobodyHearsIt() {
        JsonObject error = ann.answerTo("say", Map.of("room", room, "text", "rude"));

        assertThat(error.getString("code")).isEqualTo("forbidden");
        assertThat(error.getString("message")).isEqualTo("please be kind, " + ann.name());
        JsonObject file = ann.saysBytes(FILE, Map.of("room", room, "media", "application/x-evil"));
        assertThat(file.getString("message")).isEqualTo("no such files, please");
        assertThat(ann.saysBytes(FILE, Map.of("room", room, "media", "application/x-any"))
                        .getString("type"))
                .isEqualTo("said");
        assertThat(Messages.entries(bob.asksForHistory(room, Map.of()))).hasSize(1);
    }

    @Test
    void aMessageThatComesAgainIsAnsweredAsBefore() {
        JsonObject said = ann.says(room, "id-1", "once");

        assertThat(ann.says(room, "id-1", "once").getJsonNumber("seq")).isEqualTo(said.getJsonNumber("seq"));
        assertThat(ann.isRefused("say", Map.of("room", room, "id", "id-2", "text", "once")))
                .isEqualTo("forbidden");
        assertThat(log()).containsExactly("once");
    }

    @Test
    void anObserverThatFailsIsNoAnswerAndLaterMessagesAreSaid() {
        assertThat(ann.isRefused("say", Map.of("room", room, "text", "broken"))).isEqualTo("unavailable");
        assertThat(ann.isRefused("say", Map.of("room", room, "text", "large"))).isEqualTo("unavailable");
        ann.says(room, "well");
        assertThat(log()).containsExactly("well");
    }

    @Test
    void anObserverThatIsSlowDelaysOnlyTheConnectionThatWaits() {
        ann.sends("say", Map.of("room", room, "text", "later"));
        ann.sends("say", Map.of("room", room, "text", "behind it"));
        ann.awaitsBeat();

        bob.says(room, "open " + room);

        bob.hears("behind it");
        assertThat(log()).containsExactly("open " + room, "later", "behind it");
    }

    @Test
    void itHasWhatAContainerGivesToAnApplication() {
        ann.says(room, "comp");
        bob.hears("comp true true");
    }

    @Test
    void whatTheApplicationSaysIsNotReviewed() {
        ann.says(room, "say it");
        bob.hears("rude words of the application");
    }

    @Test
    void aPlainLineIsReviewedToo() {
        ann.line().send("card 1");
        bob.hears("card *");
    }

    @Test
    void anObserverForSomeRoomsHearsOfNoOthers() {
        String order = "order-" + UUID.randomUUID() + "-7";
        ann.joins(order);
        ann.says(order, "thanks");
        ann.hears("heard in order");
        ann.hears("heard in seven by true");
        assertThat(ann.isRefused("say", Map.of("room", order, "text", "where is it?")))
                .isEqualTo("forbidden");

        ann.says(room, "where is it?");
        ann.says(room, "thanks");
        ann.says(order, "thanks");
        ann.hears("heard in order");
        ann.hears("heard in seven by true");
        assertThat(log()).containsExactly("where is it?", "thanks");
    }

    private List<String> log() {
        return Messages.texts(Messages.entries(bob.asksForHistory(room, Map.of())));
    }

    private static Person person() {
        return Person.at(
                Container.chat(),
                Map.of("name", "p-" + UUID.randomUUID().toString().substring(0, 8)));
    }
}

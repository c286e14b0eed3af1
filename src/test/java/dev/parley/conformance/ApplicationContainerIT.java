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
import org.junit.jupiter.api.Test;

/** What an application's bean sees of people and does with them, as they see it from outside. */
@ArquillianTest
@RunAsClient
class ApplicationContainerIT {
    private final String room = "desk-" + UUID.randomUUID();

    @Deployment(testable = false)
    static WebArchive war() {
        return Container.war().addClass(Desk.class);
    }

    @Test
    void itSeesTheMembersOfARoom() {
        try (Person ann = person();
                Person bob = person()) {
            bob.joins(room);
            ann.joins(room);
            ann.says(room, "desk, who is here?");
            assertThat(answer(ann, "here: ").split(" ")).containsExactlyInAnyOrder("here:", ann.name(), bob.name());
        }
    }

    @Test
    void itSeesAUserWithItsConnections() {
        try (Person ann = person();
                Person again = Person.at(Container.chat(), Map.of("session", ann.session(), "tab", "second"))) {
            assertThat(again.name()).isEqualTo(ann.name());
            ann.joins(room);
            ann.says(room, "desk, who am I?");
            assertThat(answer(ann, "you: ")).isEqualTo("you: " + ann.name() + " 2 true true");
        }
    }

    @Test
    void itPutsAUserOutOnAllConnectionsAndNobodyElse() {
        try (Person ann = person();
                Person again = Person.at(Container.chat(), Map.of("session", ann.session(), "tab", "second"));
                Person bob = person()) {
            ann.joins(room);
            bob.joins(room);
            // The desk hears it as soon as it is stored, and may put ann out before the reply is sent.
            ann.sends("say", Map.of("room", room, "text", "desk, put me out"));
            assertThat(ann.isClosed()).isEqualTo(4403);
            assertThat(again.isClosed()).isEqualTo(4403);
            bob.says(room, "still here");
        }
    }

    @Test
    void itCountsAConnectionOnceAndNoMoreWhenThatIsClosing() {
        try (Person ann = person();
                Person again = Person.at(Container.chat(), Map.of("session", ann.session(), "tab", "second"));
                Person bob = person()) {
            bob.joins(room);
            bob.says(room, "desk, put out " + ann.name());
            assertThat(answer(bob, "out: ")).isEqualTo("out: 2 0 0");
            assertThat(ann.isClosed()).isEqualTo(4403);
            assertThat(again.isClosed()).isEqualTo(4403);
        }
    }

    @Test
    void itErasesWhatWasSaidForEverybodyAndForGood() {
        try (Person ann = person();
                Person bob = person()) {
            bob.joins(room);
            ann.joins(room);
            ann.says(room, "secret", "swordfish");
            bob.hears("swordfish");
            ann.says(room, "desk, erase 1");
            assertThat(answer(ann, "erased: ")).isEqualTo("erased: true");
            for (Person each : List.of(ann, bob)) {
                JsonObject erased = each.awaits("erased");
                assertThat(erased.getString("room")).isEqualTo(room);
                assertThat(erased.getInt("seq")).isEqualTo(1);
            }
            JsonObject first =
                    Messages.entries(bob.asksForHistory(room, Map.of())).get(0);
            assertThat(first.getBoolean("erased")).isTrue();
            assertThat(first.getString("text")).isEqualTo("erased");
            assertThat(first.getString("from")).isEqualTo(ann.name());
            assertThat(Messages.seq(ann.says(room, "secret", "swordfish"))).isEqualTo(1);
            ann.says(room, "desk, erase 999");
            assertThat(answer(ann, "erased: f")).isEqualTo("erased: false");
            assertThat(bob.joins(room).toString()).doesNotContain("swordfish");
        }
    }

    @Test
    void itErasesAPersonInAllRoomsAndEverybodyIsTold() {
        String other = room + "-2";
        try (Person ann = person();
                Person bob = person()) {
            bob.joins(room);
            ann.joins(room);
            ann.joins(other);
            ann.says(other, "secret", "swordfish");
            ann.says(room, "hers", "swordfish");
            bob.says(room, "his");
            ann.sends("read", Map.of("room", room, "seq", 2));
            ann.says(room, "desk, forget me");
            assertThat(answer(bob, "of you: ")).isEqualTo("of you: 3");
            JsonObject erased = bob.awaits("erased");
            assertThat(erased.getInt("seq")).isEqualTo(3);
            assertThat(erased.getString("from")).isEqualTo("-");
            for (String each : List.of(room, other)) {
                JsonObject history = bob.asksForHistory(each, Map.of());
                assertThat(history.toString()).doesNotContain("swordfish", ann.name());
                assertThat(Messages.entries(history).get(0).getBoolean("erased"))
                        .isTrue();
            }
            assertThat(Messages.entries(bob.asksForHistory(room, Map.of()))
                            .get(1)
                            .getString("text"))
                    .isEqualTo("his");
            assertThat(Messages.seq(ann.says(room, "hers", "swordfish"))).isEqualTo(1);
            assertThat(bob.asksForHistory(room, Map.of()).toString()).doesNotContain("swordfish");
        }
    }

    @Test
    void itErasesWhatWasSaidInARoomAndTheNumbersStay() {
        try (Person ann = person();
                Person bob = person()) {
            bob.joins(room);
            ann.joins(room);
            ann.says(room, "secret", "swordfish");
            bob.says(room, "sword and fish");
            ann.says(room, "desk, forget all");
            assertThat(answer(bob, "of all: ")).isEqualTo("of all: 3");
            JsonObject history = bob.asksForHistory(room, Map.of());
            assertThat(history.toString()).doesNotContain("sword");
            assertThat(Messages.seqs(Messages.entries(history))).startsWith(1L, 2L, 3L);
            assertThat(Messages.entries(history).get(0).getString("from")).isEqualTo(ann.name());
        }
    }

    private static String answer(Person to, String start) {
        JsonObject entry = to.awaits(
                "the answer '" + start + "'",
                heard -> Messages.is(heard, "entry")
                        && heard.getString("from").equals("desk")
                        && heard.getString("text").startsWith(start));
        return entry.getString("text");
    }

    private static Person person() {
        return Person.at(
                Container.chat(),
                Map.of("name", "p-" + UUID.randomUUID().toString().substring(0, 8)));
    }
}

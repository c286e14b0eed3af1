package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A client that was cut off before its welcome came is the same guest again, by a secret that it made. */
interface LostWelcomeConformance extends Place {
    @Test
    default void whoLostTheFirstWelcomeIsTheSameGuestAgain() {
        String room = room();
        String name = unique("ann");
        Map<String, String> hello = Map.of("name", name, "nonce", nonce());
        Person bob = person("bob", room);
        Person ann = stranger();
        ann.sends("hello", hello);
        ann.sends("join", Map.of("room", room));
        ann.sends("say", Map.of("room", room, "id", "m-1", "text", "only once"));
        JsonObject heard = bob.hears("only once");
        ann.vanishes();
        bob.seesOnline(name, false);

        assertThat(person(Map.of("name", name)).name()).isEqualTo(name + "-2");
        assertThat(person(Map.of("name", name, "nonce", nonce())).name()).isEqualTo(name + "-3");
        Person again = person(hello);
        assertThat(again.name()).isEqualTo(name);
        again.joins(room);
        assertThat(again.says(room, "m-1", "only once").getJsonNumber("seq")).isEqualTo(heard.getJsonNumber("seq"));
        assertThat(bob.hasHeard().toString()).contains(name).doesNotContain(hello.get("nonce"));
    }

    @Test
    default void aConnectionThatIsStillThoughtOpenIsReplaced() {
        Map<String, String> hello = Map.of("name", unique("ann"), "nonce", nonce());
        Person first = person(hello);
        Person second = person(hello);
        assertThat(second.name()).isEqualTo(first.name());
        assertThat(first.isClosed()).isEqualTo(4409);
        assertThat(second.joins(room()).getString("type")).isEqualTo("joined");
    }

    @Test
    default void tabsOfOneNonceAreOneUserSideBySide() {
        String nonce = nonce();
        String room = room();
        Person first = person(Map.of("name", unique("ann"), "nonce", nonce, "tab", "1"));
        Person second = person(Map.of("name", first.name(), "nonce", nonce, "tab", "2"));
        assertThat(second.name()).isEqualTo(first.name());
        first.joins(room);
        second.joins(room);
        first.says(room, "both are here");
        assertThat(second.hears("both are here").getString("from")).isEqualTo(second.name());
    }

    @Test
    default void whatCameOfANonceGoesOnWithItsSession() {
        Person first = person(Map.of("name", unique("ann"), "nonce", nonce()));
        first.vanishes();
        assertThat(again(first).name()).isEqualTo(first.name());
    }

    @Test
    default void whoLostTheFirstWelcomeIsGivenTheSameNameWithoutAskingForOne() {
        Map<String, String> hello = Map.of("nonce", nonce());
        Person first = person(hello);
        first.vanishes();
        assertThat(first.name()).startsWith("guest-");
        assertThat(person(hello).name()).isEqualTo(first.name());
    }

    /** The nonce of someone else beside a good session changes nothing; beside one that is none, it counts. */
    @Test
    default void aNonceCountsOnlyWhereNoSessionDoes() {
        String anns = nonce();
        Person ann = person(Map.of("name", unique("ann"), "nonce", anns));
        Person bob = person("bob");
        bob.vanishes();
        Person again = person(Map.of("session", bob.session(), "nonce", anns));
        assertThat(again.name()).isEqualTo(bob.name());
        assertThat(ann.joins(room()).getString("type")).isEqualTo("joined");

        Person third = person(Map.of("name", ann.name(), "session", "nobody's", "nonce", anns));
        assertThat(third.name()).isEqualTo(ann.name());
        assertThat(ann.isClosed()).isEqualTo(4409);
    }

    @Test
    default void aNonceThatCouldBeGuessedIsRefused() {
        Person stranger = stranger();
        for (String weak : new String[] {"", "1", "a".repeat(21), "a".repeat(65), "a".repeat(21) + " "}) {
            assertThat(stranger.isRefused("hello", Map.of("nonce", weak)))
                    .as(weak)
                    .isEqualTo("badRequest");
        }
        assertThat(stranger.asks("hello", Map.of("nonce", nonce())).getString("type"))
                .isEqualTo("welcome");
    }

    private static String nonce() {
        return UUID.randomUUID().toString() + "-of-a-test";
    }
}

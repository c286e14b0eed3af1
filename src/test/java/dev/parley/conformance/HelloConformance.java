package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who someone is. */
interface HelloConformance extends Place {
    @Test
    default void theWelcomeTellsTheNameTheSecretTheHeartbeatAndTheLimits() {
        String name = unique("ann");
        JsonObject welcome = person(Map.of("name", name)).welcome();
        assertThat(welcome.getString("type")).isEqualTo("welcome");
        assertThat(welcome.getString("user")).isEqualTo(name);
        assertThat(welcome.getString("session")).hasSizeGreaterThanOrEqualTo(22);
        assertThat(welcome.getInt("heartbeat")).isEqualTo(1000);
        JsonObject limits = welcome.getJsonObject("limits");
        assertThat(limits.getInt("text")).isEqualTo(64 * 1024);
        assertThat(limits.getInt("binary")).isEqualTo(1024 * 1024);
        assertThat(limits.getInt("queue")).isEqualTo(1024 * 1024);
        assertThat(limits.getInt("rate")).isEqualTo(500);
    }

    @Test
    default void noTwoSessionsHaveTheSameSecret() {
        assertThat(person("ann").session()).isNotEqualTo(person("bob").session());
    }

    @Test
    default void whoSaysNoHelloIsAGuestAndIsWelcomedBeforeTheFirstReply() {
        Person stranger = stranger();
        stranger.joins(room());
        JsonObject welcome = stranger.hasHeard().get(0);
        assertThat(welcome.getString("type")).isEqualTo("welcome");
        assertThat(welcome).doesNotContainKey("ref");
        assertThat(welcome.getString("user")).isNotBlank();
        assertThat(welcome.getString("session")).isNotBlank();
    }

    @Test
    default void aHelloWithoutANameMakesAGuestToo() {
        assertThat(person(Map.of()).name()).isNotBlank();
    }

    @Test
    default void aNameThatIsTakenGetsANumber() {
        String name = unique("ann");
        Person first = person(Map.of("name", name));
        Person second = person(Map.of("name", name));
        assertThat(first.name()).isEqualTo(name);
        assertThat(second.name()).isEqualTo(name + "-2");
    }

    /** In upper case, and in Cyrillic letters that look like the Latin ones. */
    @Test
    default void aNameThatLooksLikeThatOfSomeoneOnlineGetsANumber() {
        String number = "-" + System.nanoTime();
        Person first = person(Map.of("name", "peace" + number));
        Person upper = person(Map.of("name", "PEACE" + number));
        Person cyrillic = person(Map.of("name", "\u0440\u0435\u0430\u0441\u0435" + number));
        assertThat(first.name()).isEqualTo("peace" + number);
        assertThat(upper.name()).isEqualTo("PEACE" + number + "-2");
        assertThat(cyrillic.name()).isEqualTo("\u0440\u0435\u0430\u0441\u0435" + number + "-3");
    }

    @Test
    default void theNameOfWhoLostTheConnectionIsHeld() {
        String room = room();
        Person bob = person("bob", room);
        Person ann = person("ann", room);
        ann.vanishes();
        bob.seesOnline(ann.name(), false);
        assertThat(person(Map.of("name", ann.name())).name()).isEqualTo(ann.name() + "-2");
        assertThat(again(ann).name()).isEqualTo(ann.name());
    }

    /** A terminal client closes with 1000, a page that is left with 1001, and a message asks the server to close. */
    @Test
    default void theNameOfWhoClosedTheConnectionIsFree() {
        String room = room();
        Person bob = person("bob", room);
        List<Consumer<Person>> ways = List.of(
                ann -> ann.line().send(Frame.close(1000, "")),
                ann -> ann.line().send(Frame.close(1001, "")),
                ann -> ann.sends("end", Map.of("how", "close")));
        for (Consumer<Person> goes : ways) {
            Person ann = person("ann", room);
            goes.accept(ann);
            bob.seesOnline(ann.name(), false);
            assertThat(person(Map.of("name", ann.name())).name()).isEqualTo(ann.name());
        }
    }

    @Test
    default void aHelloThatDoesNotComeFirstIsRefused() {
        Person stranger = stranger();
        stranger.joins(room());
        assertThat(stranger.isRefused("hello", Map.of("name", "late"))).isEqualTo("badRequest");
        assertThat(stranger.joins(room()).getString("type")).isEqualTo("joined");
    }

    @Test
    default void aSecondHelloIsRefused() {
        assertThat(person("ann").isRefused("hello", Map.of())).isEqualTo("badRequest");
    }

    @Test
    default void aNameThatNobodyMayHaveIsRefused() {
        Person stranger = stranger();
        assertThat(stranger.isRefused("hello", Map.of("name", "a b"))).isEqualTo("badRequest");
    }

    /** Hindi, Tamil, Thai, Burmese, a Persian word with a non-joiner, and a Latin one in NFD. */
    @Test
    default void aNameHasTheMarksOfItsScriptAndIsKeptInNfc() {
        for (String name : new String[] {
            "\u0939\u093f\u0928\u094d\u0926\u0940",
            "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd",
            "\u0e2a\u0e21\u0e28\u0e31\u0e01\u0e14\u0e34\u0e4c",
            "\u1019\u103c\u1014\u103a\u1019\u102c",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
        }) {
            assertThat(stranger().asks("hello", Map.of("name", name)).getString("user"))
                    .startsWith(name);
        }
        assertThat(stranger().asks("hello", Map.of("name", "Jose\u0301")).getString("user"))
                .startsWith("Jos\u00e9");
    }

    /** Two fillers, dots only, Latin with a Cyrillic letter, and a mark and a joiner that belong to no letter. */
    @Test
    default void aNameThatShowsAsNothingOrAsAnotherIsRefused() {
        for (String name : new String[] {"\u3164", "\uffa0", "...", "\u0430nn", "\u0301ann", "ann\u200d"}) {
            assertThat(stranger().isRefused("hello", Map.of("name", name)))
                    .as(name)
                    .isEqualTo("badRequest");
        }
    }

    @Test
    default void whoComesBackWithTheSecretIsTheSameUser() {
        Person ann = person("ann");
        ann.vanishes();
        Person again = again(ann);
        assertThat(again.name()).isEqualTo(ann.name());
        assertThat(again.session()).isNotEqualTo(ann.session());
        again.vanishes();
        assertThat(again(again).name()).isEqualTo(ann.name());
    }

    @Test
    default void whatTheServerDidNotIssueIsNobodysSession() {
        String session = person("ann").session();
        String name = unique("bob");
        for (String forged : List.of("A".repeat(22), "A".repeat(22) + "." + name, session + "x")) {
            Person someone = person(Map.of("session", forged));
            assertThat(someone.name()).startsWith("guest-");
            assertThat(someone.session()).doesNotContain(forged);
        }
    }

    @Test
    default void tabsOfOneSessionAreOneUserSideBySideAndTheSameTabReplaces() {
        String room = room();
        Person bob = person("bob", room);
        Person first = person(Map.of("name", unique("ann"), "tab", "1"));
        Person second = person(Map.of("session", first.session(), "tab", "2"));
        assertThat(second.name()).isEqualTo(first.name());
        first.joins(room);
        second.joins(room);
        bob.seesOnline(first.name(), true);
        JsonObject said = first.says(room, "m-1", "only once");
        assertThat(second.says(room, "m-1", "only once").getJsonNumber("seq")).isEqualTo(said.getJsonNumber("seq"));
        assertThat(second.hears("only once").getString("from")).isEqualTo(first.name());
        second.sends("read", Map.of("room", room, "seq", 1));
        assertThat(first.awaits("read").getString("user")).isEqualTo(first.name());

        Person again = person(Map.of("session", second.session(), "tab", "2"));
        assertThat(second.isClosed()).isEqualTo(4409);
        again.joins(room);
        first.vanishes();
        assertThat(Messages.seq(again.says(room, "one is left"))).isEqualTo(2);
        assertThat(bob.hears("one is left").getString("from")).isEqualTo(first.name());
        assertThat(bob.hasHeard())
                .noneMatch(message -> Messages.is(message, "presence") && !message.getBoolean("online"));
        again.vanishes();
        bob.seesOnline(first.name(), false);
    }

    @Test
    default void aMessageSentAgainAfterComingBackIsStoredOnce() {
        String room = room();
        Person ann = person("ann", room);
        JsonObject first = ann.says(room, "m-1", "only once");
        ann.vanishes();

        Person again = again(ann);
        again.joins(room);
        JsonObject second = again.says(room, "m-1", "only once");
        assertThat(second.getJsonNumber("seq")).isEqualTo(first.getJsonNumber("seq"));
        assertThat(second.getString("at")).isEqualTo(first.getString("at"));
        assertThat(again.says(room, "next").getJsonNumber("seq").longValue()).isEqualTo(Messages.seq(first) + 1);
    }
}

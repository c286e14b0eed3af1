package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Each kind of caller tries each act in each kind of room, under the rules of {@link RulesConformance}. What it may do is all
 * that it can do, and somebody who may do everything hears just that of it.
 */
interface AccessMatrix {
    /** What somebody can try in a room. */
    enum Act {
        JOIN,
        RESUME,
        HISTORY,
        SAY,
        ATTACH,
        SIGNAL,
        MODERATE
    }

    Set<Act> NOTHING = EnumSet.noneOf(Act.class);
    Set<Act> READ = EnumSet.range(Act.JOIN, Act.HISTORY);
    Set<Act> TALK = EnumSet.range(Act.JOIN, Act.SIGNAL);
    Set<Act> ALL = EnumSet.allOf(Act.class);

    URI chat();

    private static String token(String id, Map<String, ?> claims) {
        return new Mint(RulesConformance.SECRET, null, null).token(id, id, Duration.ofMinutes(5), claims);
    }

    private Person bearer(String id, Map<String, ?> claims) {
        return Person.at(chat(), Map.of("token", token(id, claims)));
    }

    /** Tries everything in a new room of a kind. */
    static void assertMay(Person caller, URI chat, String kind, Set<Act> acts) {
        String room = kind + "-" + UUID.randomUUID();
        Map<String, ?> everything = Mint.rooms(Map.of("*", List.of("all", "moderate")));
        try (Person witness = Person.at(chat, Map.of("token", token("witness-" + room, everything)))) {
            assertMay(caller, witness, room, acts);
        }
    }

    /** Tries everything in a room without messages. @param witness may do everything there */
    static void assertMay(Person caller, Person witness, String room, Set<Act> acts) {
        witness.joins(room);
        witness.says(room, "the first");
        Set<Act> done = EnumSet.noneOf(Act.class);
        for (Act act : Act.values()) {
            if (succeeds(caller, room, act)) {
                done.add(act);
            }
        }
        if (isHeardTyping(caller, witness, room)) {
            done.add(Act.SIGNAL);
        }
        assertThat(done)
                .describedAs("what %s may do in %s", caller.name(), room)
                .isEqualTo(acts);
        assertIsHeard(caller, witness, room, acts);
    }

    private static boolean succeeds(Person caller, String room, Act act) {
        Map<String, ?> in = Map.of("room", room);
        return switch (act) {
            case JOIN -> isAnswered(caller, "joined", "join", in);
            case RESUME -> isAnswered(caller, "joined", "join", Messages.with(in, "since", 0));
            case HISTORY -> isAnswered(caller, "history", "history", in);
            case SAY -> isAnswered(caller, "said", "say", Messages.with(in, "text", "hello"));
            case ATTACH ->
                isAllowed("said", caller.saysBytes(new byte[] {1}, Messages.with(in, "media", "application/x-any")));
            // It has no answer: a witness tells.
            case SIGNAL -> false;
            case MODERATE ->
                isAnswered(caller, "moderated", "moderate", Map.of("room", room, "action", "erase", "seq", 1));
        };
    }

    private static boolean isAnswered(Person caller, String reply, String type, Map<String, ?> fields) {
        return isAllowed(reply, caller.answerTo(type, fields));
    }

    /** What is not allowed is refused for no other reason. */
    private static boolean isAllowed(String reply, JsonObject answer) {
        boolean allowed = Messages.is(answer, reply);
        if (!allowed) {
            assertThat(answer.getString("code")).isEqualTo("forbidden");
        }
        return allowed;
    }

    /**
     * The witness speaks after the hint was handled. So the hint comes before that, or in the same frame behind it, because hints give
     * way to entries; or never.
     */
    private static boolean isHeardTyping(Person caller, Person witness, String room) {
        caller.sends("typing", Map.of("room", room));
        caller.awaitsBeat();
        witness.says(room, "the last");
        witness.awaits("the last", message -> "the last".equals(message.getString("text", "")));
        witness.awaitsBeat();
        return witness.hasHeard().stream()
                .anyMatch(message ->
                        Messages.is(message, "typing") && caller.name().equals(message.getString("user")));
    }

    /** Of one who may not read, nothing shows in the room: neither presence nor a message nor a name in a list. */
    private static void assertIsHeard(Person caller, Person witness, String room, Set<Act> acts) {
        JsonObject seen = witness.joins(room);
        boolean isMember = seen.getJsonArray("members").toString().contains('"' + caller.name() + '"');
        assertThat(isMember).isEqualTo(acts.contains(Act.JOIN));
        long own = Messages.entries(seen).stream()
                .filter(entry -> caller.name().equals(entry.getString("from")))
                .count();
        assertThat(own)
                .isEqualTo(acts.stream()
                        .filter(EnumSet.of(Act.SAY, Act.ATTACH)::contains)
                        .count());
    }

    @Test
    default void whatAGuestMayDo() {
        try (Person guest = Person.at(
                chat(), Map.of("name", "g-" + UUID.randomUUID().toString().substring(0, 8)))) {
            assertMay(guest, chat(), "open", TALK);
            assertMay(guest, chat(), "news", READ);
            assertMay(guest, chat(), "staff", NOTHING);
            assertMay(guest, chat(), "closed", NOTHING);
            assertMay(guest, chat(), "garden", NOTHING);
        }
    }

    @Test
    default void whatTheBearerOfATokenMayDo() {
        try (Person user = bearer("user-" + UUID.randomUUID(), Map.of());
                Person staff = bearer("staff-" + UUID.randomUUID(), Map.of("roles", List.of("staff", "editor")))) {
            assertMay(user, chat(), "open", TALK);
            assertMay(user, chat(), "news", READ);
            assertMay(user, chat(), "staff", NOTHING);
            assertMay(user, chat(), "closed", NOTHING);
            assertMay(user, chat(), "garden", READ);
            assertMay(staff, chat(), "news", TALK);
            assertMay(staff, chat(), "staff", EnumSet.of(Act.JOIN, Act.RESUME, Act.HISTORY, Act.SAY, Act.SIGNAL));
        }
    }

    @Test
    default void whatATokenMayDoThatSpeaksOfRooms() {
        Map<String, ?> claims = Mint.rooms(Map.of(
                "closed-*",
                List.of("all", "moderate"),
                "news-*",
                List.of("read", "signal"),
                "staff-*",
                List.of("read")));
        try (Person user = bearer("claims-" + UUID.randomUUID(), claims)) {
            assertMay(user, chat(), "closed", ALL);
            assertMay(user, chat(), "news", EnumSet.of(Act.JOIN, Act.RESUME, Act.HISTORY, Act.SIGNAL));
            assertMay(user, chat(), "staff", READ);
            assertMay(user, chat(), "open", NOTHING);
        }
    }
}

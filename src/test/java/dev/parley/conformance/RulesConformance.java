package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may do what in rooms, as a file of rules says it, and as tokens say it. */
@Timeout(120)
interface RulesConformance {
    String SECRET = "a secret of more than thirty-two bytes";
    byte[] FILE = {1, 2, 3};
    List<String> RULES = List.of(
            "# rooms    who            what",
            "open-*     everybody      all",
            "news-*     everybody      read",
            "news-*     role:editor    all",
            "staff-*    role:staff     read say",
            "private-*  user:ann       all",
            "closed-*   everybody      none",
            "*          users          read");

    URI chat();

    /** The file of the server, which begins with the {@link #RULES}. */
    Path file();

    private static String room(String kind) {
        return kind + "-" + UUID.randomUUID();
    }

    private Person guest() {
        return Person.at(
                chat(), Map.of("name", "g-" + UUID.randomUUID().toString().substring(0, 8)));
    }

    private Person bearer(String id, Map<String, ?> claims) {
        return Person.at(chat(), Map.of("token", token(id, claims)));
    }

    private static String token(String id, Map<String, ?> claims) {
        return new Mint(SECRET, null, null).token(id, id, Duration.ofMinutes(5), claims);
    }

    private static Map<String, ?> rooms(Map<String, List<String>> byPattern) {
        return Mint.rooms(byPattern);
    }

    /** May do all, without a word about it. */
    static void assertMayDoAll(Person person, String room) {
        JsonObject joined = person.joins(room);
        assertThat(joined.containsKey("may")).isFalse();
        person.says(room, "hello");
        assertThat(person.saysBytes(FILE, Map.of("room", room, "media", "application/x-any"))
                        .getString("type"))
                .isEqualTo("said");
        assertThat(Messages.entries(person.asksForHistory(room, Map.of()))).isNotEmpty();
    }

    /** May read there, and do nothing else but what the words say. */
    static void assertMayRead(Person person, String room, String... words) {
        assertThat(words(person.joins(room))).containsExactlyInAnyOrder(words);
        assertThat(person.asksForHistory(room, Map.of()).getString("type")).isEqualTo("history");
        if (Set.of(words).contains("say")) {
            person.says(room, "hello");
        } else {
            assertThat(person.isRefused("say", Map.of("room", room, "text", "hello")))
                    .isEqualTo("forbidden");
        }
        assertThat(person.saysBytes(FILE, Map.of("room", room, "media", "application/x-any"))
                        .getString("code"))
                .isEqualTo("forbidden");
    }

    static void assertIsShutOut(Person person, String room) {
        assertThat(person.isRefused("join", Map.of("room", room))).isEqualTo("forbidden");
        assertThat(person.isRefused("join", Map.of("room", room, "since", 0))).isEqualTo("forbidden");
        assertThat(person.isRefused("history", Map.of("room", room))).isEqualTo("forbidden");
        assertThat(person.isRefused("fetch", Map.of("room", room, "seq", 1))).isEqualTo("forbidden");
        assertThat(person.isRefused("say", Map.of("room", room, "text", "let me in")))
                .isEqualTo("forbidden");
    }

    private static List<String> words(JsonObject message) {
        JsonArray may = message.getJsonArray("may");
        return may.getValuesAs(value -> ((JsonString) value).getString());
    }

    @Test
    default void aGuestMayDoWhatTheRulesGiveToGuests() {
        try (Person guest = guest()) {
            assertMayDoAll(guest, room("open"));
            assertMayRead(guest, room("news"));
            assertIsShutOut(guest, room("staff"));
            assertIsShutOut(guest, room("private"));
            assertIsShutOut(guest, room("closed"));
            assertIsShutOut(guest, room("garden"));
        }
    }

    @Test
    default void theBearerOfATokenMayDoWhatTheRulesGiveToItsRoles() {
        try (Person editor = bearer("bob", Map.of("roles", List.of("editor")));
                Person staff = bearer("carol", Map.of("groups", List.of("staff", "other")))) {
            assertMayDoAll(editor, room("news"));
            assertIsShutOut(editor, room("staff"));
            assertMayRead(staff, room("staff"), "say");
            assertMayRead(staff, room("news"));
            assertMayRead(staff, room("garden"));
            assertIsShutOut(staff, room("private"));
            assertIsShutOut(staff, room("closed"));
        }
    }

    /** A guest may call itself so, but is not that user. */
    @Test
    default void aRuleAboutAUserIsAboutTheSubjectOfItsToken() {
        try (Person guest = Person.at(chat(), Map.of("name", "ann"));
                Person ann = bearer("ann", Map.of())) {
            assertMayDoAll(ann, room("private"));
            assertIsShutOut(guest, room("private"));
        }
    }

    @Test
    default void whatATokenSaysAboutRoomsIsTheWholeAnswer() {
        String support = room("support");
        Map<String, ?> claims = rooms(Map.of("support-*", List.of("read", "say"), "staff-*", List.of("read")));
        try (Person dan = bearer("dan", claims)) {
            assertMayRead(dan, support, "say");
            assertMayRead(dan, room("staff"));
            // The rules open these to everybody, and to users.
            assertIsShutOut(dan, room("open"));
            assertIsShutOut(dan, room("garden"));
        }
    }

    @Test
    default void aTokenWithAClaimAboutRoomsThatIsNoGoodIsRefusedWithASentence() {
        for (Object claim : List.of(
                "open-1",
                Map.of("open-*", List.of("reed")),
                Map.of("open-*", List.of("say")),
                Map.of("a b", List.of("read")))) {
            try (Person eve = Person.at(chat())) {
                eve.sends("hello", Map.of("token", token("eve", Map.of("parley_rooms", claim))));

                JsonObject error = eve.awaits("error");
                assertThat(error.getString("code")).isEqualTo("unauthorized");
                assertThat(error.getString("message")).contains("parley_rooms");
                assertThat(eve.isClosed()).isEqualTo(4401);
            }
        }
    }

    /** Neither joined nor presence, typing, read marks, resuming nor history. */
    @Test
    default void whoMayNotReadARoomGetsNothingOfItAndDoesNotCount() {
        String room = room("staff");
        try (Person bob = bearer("bob", Map.of("roles", List.of("staff")));
                Person carol = bearer("carol", Map.of("roles", List.of("staff")));
                Person eve = guest()) {
            bob.joins(room);
            eve.sends("join", Map.of("room", room));
            eve.sends("typing", Map.of("room", room));
            eve.sends("read", Map.of("room", room, "seq", 1));
            eve.awaitsBeat();
            JsonObject joined = carol.joins(room);
            assertThat(joined.getJsonArray("members").toString()).doesNotContain(eve.name());
            bob.says(room, "among us");
            carol.sends("typing", Map.of("room", room));
            carol.sends("read", Map.of("room", room, "seq", 1));
            bob.awaits("read");
            assertIsShutOut(eve, room);
            eve.awaitsBeat();

            assertThat(eve.hasHeard())
                    .allMatch(message -> Messages.is(message, "error"))
                    .noneMatch(message -> message.toString().contains("among us"));
            carol.awaitsBeat();
            assertThat(carol.hasHeard()).noneMatch(message -> message.toString().contains(eve.name()));
        }
    }

    @Test
    default void aNewTokenWithOtherRoomsHoldsFromThenOn() {
        String support = room("support");
        String hall = room("hall");
        try (Person dan = bearer("dan", rooms(Map.of("support-*", List.of("all"), "hall-*", List.of("all"))));
                Person bob = bearer("bob", rooms(Map.of("*", List.of("all"))))) {
            dan.joins(support);
            dan.joins(hall);
            bob.joins(hall);
            dan.asks("hello", Map.of("token", token("dan", rooms(Map.of("support-*", List.of("read"))))));

            assertThat(dan.awaits("left").getString("room")).isEqualTo(hall);
            JsonObject granted = dan.awaits("granted");
            assertThat(granted.getString("room")).isEqualTo(support);
            assertThat(words(granted)).isEmpty();
            bob.seesOnline(dan.name(), false);
            bob.says(hall, "after that");
            assertIsShutOut(dan, hall);
            assertThat(dan.isRefused("say", Map.of("room", support, "text", "may I?")))
                    .isEqualTo("forbidden");
            assertThat(dan.hasHeard()).noneMatch(message -> message.toString().contains("after that"));
        }
    }

    /** From a token that says nothing about rooms to one that does, and to one with another role. */
    @Test
    default void aNewTokenMayTakeAwayAndGiveWhatTheRulesDecided() {
        String open = room("open");
        String news = room("news");
        try (Person dan = bearer("dan", Map.of())) {
            dan.joins(open);
            dan.joins(news);
            dan.asks("hello", Map.of("token", token("dan", Map.of("roles", List.of("editor")))));
            assertThat(words(dan.awaits("granted"))).containsExactlyInAnyOrder("say", "attach");
            dan.says(news, "I am the editor");

            dan.asks("hello", Map.of("token", token("dan", rooms(Map.of("news-*", List.of("read"))))));
            assertThat(dan.awaits("left").getString("room")).isEqualTo(open);
            assertThat(words(dan.awaits("granted"))).isEmpty();
            assertIsShutOut(dan, open);
        }
    }

    /** Read-only, closed, broken, and open again. */
    @Test
    default void otherRulesHoldForEverybodyWhoIsThere() throws IOException {
        String room = room("hall");
        List<String> before = Files.readAllLines(file());
        try (Person eve = guest();
                Person ann = bearer("ann", Map.of())) {
            rule("hall-* everybody all", before);
            joinsWhenOpen(eve, room);
            ann.joins(room);
            assertThat(eve.says(room, "hello").getInt("seq")).isEqualTo(1);

            rule("hall-* everybody read", before);
            assertThat(words(eve.awaits("granted"))).isEmpty();
            assertThat(words(ann.awaits("granted"))).isEmpty();
            assertThat(eve.isRefused("say", Map.of("room", room, "text", "may I?")))
                    .isEqualTo("forbidden");

            rule("hall-* users all", before);
            JsonObject left = eve.awaits("left");
            assertThat(left.getString("room")).isEqualTo(room);
            assertThat(left.getString("reason")).contains(room);
            assertThat(words(ann.awaits("granted"))).containsExactlyInAnyOrder("say", "attach");
            ann.seesOnline(eve.name(), false);
            ann.says(room, "among us");
            assertIsShutOut(eve, room);
            assertThat(eve.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
        } finally {
            Files.write(file(), before);
        }
    }

    private void rule(String rule, List<String> before) throws IOException {
        List<String> lines = new ArrayList<>(before);
        lines.add(0, rule);
        Files.write(file(), lines);
    }

    /** The rule that opens the room is on its way. */
    private static void joinsWhenOpen(Person person, String room) {
        await().atMost(RawClient.PATIENCE).until(() -> {
            person.sends("join", Map.of("room", room));
            return Messages.is(
                    person.awaits(
                            "joined or error", answer -> Messages.is(answer, "joined") || Messages.is(answer, "error")),
                    "joined");
        });
    }
}

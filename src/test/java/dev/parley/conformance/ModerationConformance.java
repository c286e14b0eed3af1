package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What moderators do, and what those see whom they moderate. The policy of the server is {@code open}, so that the permissions
 * of most people never change before the first ban; the claims of tokens give {@code moderate}.
 */
@Timeout(120)
interface ModerationConformance extends Place {
    String SECRET = "a secret of more than thirty-two bytes";
    byte[] FILE = {1, 2, 3};

    /** Someone with a token, who may do this in every room. */
    default Person bearer(String id, String... may) {
        Map<String, ?> claims = Mint.rooms(Map.of("*", List.of(may)));
        String token = new Mint(SECRET, null, null).token(id, id, Duration.ofMinutes(5), claims);
        return person(Map.of("token", token));
    }

    /** Someone with a token that says nothing about rooms. */
    default Person user(String id) {
        String token = new Mint(SECRET, null, null).token(id, id, Duration.ofMinutes(5), Map.of());
        return person(Map.of("token", token));
    }

    default Person moderator() {
        return bearer("mod-" + UUID.randomUUID(), "all", "moderate");
    }

    static JsonObject moderates(Person moderator, String room, String action, Map<String, ?> more) {
        JsonObject moderated = moderator.asks("moderate", fields(room, action, more));
        assertThat(moderated.getString("type")).isEqualTo("moderated");
        assertThat(moderated.getString("room")).isEqualTo(room);
        assertThat(moderated.getString("action")).isEqualTo(action);
        return moderated;
    }

    static String isRefused(Person moderator, String room, String action, Map<String, ?> more) {
        return moderator.isRefused("moderate", fields(room, action, more));
    }

    private static Map<String, ?> fields(String room, String action, Map<String, ?> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("room", room);
        fields.put("action", action);
        return fields;
    }

    private static List<String> may(JsonObject message) {
        return message.getJsonArray("may").getValuesAs(value -> ((JsonString) value).getString());
    }

    private static void assertIsShutOut(Person person, String room) {
        for (JsonObject refusal : List.of(
                person.answerTo("join", Map.of("room", room)),
                person.answerTo("join", Map.of("room", room, "since", 0)),
                person.answerTo("history", Map.of("room", room)),
                person.answerTo("say", Map.of("room", room, "text", "let me in")))) {
            assertThat(refusal.getString("code", "none")).isEqualTo("forbidden");
        }
    }

    @Test
    default void aModeratorIsToldSoAndNobodyElseCanModerate() {
        String room = room();
        Person moderator = moderator();
        assertThat(may(moderator.joins(room))).containsExactly("say", "attach", "moderate");
        Person bob = person("bob", room);
        Person ann = person("ann");
        assertThat(ann.joins(room).containsKey("may")).isFalse();
        for (String action : List.of("remove", "ban", "mute", "unban", "unmute")) {
            assertThat(isRefused(ann, room, action, Map.of("user", bob.name()))).isEqualTo("forbidden");
        }
        assertThat(isRefused(ann, room, "slow", Map.of("seconds", 1))).isEqualTo("forbidden");
        assertThat(isRefused(ann, room, "erase", Map.of("seq", 1))).isEqualTo("forbidden");
        bob.says(room, "still here");
    }

    @Test
    default void aBannedMemberIsPutOutOnAllConnectionsAndComesBackWithNoneOfThem() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        Person mallory = person("mallory");
        String epoch = mallory.joins(room).getString("epoch");
        mallory.says(room, "before");
        Person other = person(Map.of("session", mallory.session(), "tab", "other"));
        other.joins(room);

        moderates(moderator, room, "ban", Map.of("user", mallory.name(), "seconds", 3600, "reason", "spam"));

        for (Person each : List.of(mallory, other)) {
            JsonObject left = each.awaits("left");
            assertThat(left.getString("room")).isEqualTo(room);
            assertThat(left.getString("reason")).startsWith("you are banned from the room " + room + " until ");
            assertIsShutOut(each, room);
            assertThat(each.isRefused("fetch", Map.of("room", room, "seq", 1))).isEqualTo("forbidden");
        }
        moderator.seesOnline(mallory.name(), false);
        Person back = again(mallory);
        JsonObject refusal = back.answerTo("join", Map.of("room", room, "since", 0, "epoch", epoch));
        assertThat(refusal.getString("code")).isEqualTo("forbidden");
        assertThat(refusal.getString("message")).contains(" until ");
        moderator.says(room, "among us");
        back.awaitsBeat();
        assertThat(back.hasHeard()).noneMatch(message -> message.toString().contains("among us"));

        moderates(moderator, room, "unban", Map.of("user", mallory.name()));
        assertThat(Messages.texts(Messages.entries(back.joins(room)))).containsExactly("before", "among us");
    }

    @Test
    default void aBanOfAUserHoldsForTheUserAndForNoOtherRoom() {
        String room = room();
        String id = "bob-" + UUID.randomUUID();
        Person moderator = moderator();
        Person bob = user(id);
        moderates(moderator, room, "ban", Map.of("callerId", id));
        JsonObject refusal = bob.answerTo("join", Map.of("room", room));
        assertThat(refusal.getString("message")).isEqualTo("you are banned from the room " + room);
        assertIsShutOut(bearer(id, "all"), room);
        bob.joins(room());
        person("carol").joins(room);
        moderates(moderator, room, "unban", Map.of("callerId", id));
        bob.joins(room);
    }

    @Test
    default void aGuestThatHasGoneIsNamedByAnEntry() {
        String room = room();
        Person moderator = moderator();
        Person mallory = person("mallory", room);
        mallory.says(room, "number one");
        String session = mallory.session();
        mallory.close();
        moderates(moderator, room, "ban", Map.of("seq", 1, "seconds", 60));
        assertIsShutOut(person(Map.of("session", session)), room);
        assertThat(isRefused(moderator, room, "ban", Map.of("seq", 2))).isEqualTo("notFound");
        assertThat(isRefused(moderator, room, "ban", Map.of("user", "nobody-here")))
                .isEqualTo("notFound");
        assertThat(isRefused(moderator, room, "unban", Map.of("user", "nobody-here")))
                .isEqualTo("notFound");
    }

    @Test
    default void aMutedMemberReadsAndDoesNothingElseUntilTheMuteEnds() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        Person bob = person("bob", room);
        moderates(moderator, room, "mute", Map.of("user", bob.name(), "seconds", 600));
        assertThat(may(bob.awaits("granted"))).isEmpty();
        JsonObject refusal = bob.answerTo("say", Map.of("room", room, "text", "may I?"));
        assertThat(refusal.getString("message")).startsWith("you are muted in the room " + room + " until ");
        assertThat(bob.saysBytes(FILE, Map.of("room", room, "media", "application/x-any"))
                        .getString("code"))
                .isEqualTo("forbidden");
        bob.sends("typing", Map.of("room", room));
        bob.sends("signal", Map.of("room", room, "text", "psst"));
        bob.awaitsBeat();
        moderator.says(room, "you hear me");
        bob.hears("you hear me");
        assertThat(may(again(bob).joins(room))).isEmpty();
        moderator.awaitsBeat();
        assertThat(moderator.hasHeard())
                .noneMatch(message -> Messages.is(message, "typing") || Messages.is(message, "signal"));

        moderates(moderator, room, "unmute", Map.of("user", bob.name()));
        Person back = again(bob);
        assertThat(back.joins(room).containsKey("may")).isFalse();
        back.says(room, "thank you");
    }

    @Test
    default void aMuteThatEndsIsTold() {
        String room = room();
        Person moderator = moderator();
        Person bob = person("bob", room);
        moderates(moderator, room, "mute", Map.of("user", bob.name(), "seconds", 1));
        assertThat(may(bob.awaits("granted"))).isEmpty();
        assertThat(may(bob.awaits("granted"))).containsExactly("say", "attach");
        bob.says(room, "again");
    }

    /** They were sent in one frame, after the mute. */
    @Test
    default void messagesThatWaitBehindAJoinAreRejectedToo() {
        String room = room();
        Person moderator = moderator();
        Person bob = person("bob", room);
        bob.says(room, "before");
        moderates(moderator, room, "mute", Map.of("user", bob.name()));
        Person back = again(bob);
        back.line()
                .send(
                        "[{\"type\":\"join\",\"ref\":91,\"room\":\"%1$s\"},{\"type\":\"say\",\"ref\":92,\"room\":\"%1$s\",\"text\":\"x\"}]"
                                .formatted(room));
        assertThat(back.awaits("joined").getInt("ref")).isEqualTo(91);
        assertThat(back.awaits("error").getInt("ref")).isEqualTo(92);
        assertThat(back.readsLog(room)).hasSize(1);
    }

    /** Some joins are answered before the ban, others wait. */
    @Test
    default void aBanDuringAJoinLeavesNobodyInTheRoom() {
        Person moderator = moderator();
        String id = "bob-" + UUID.randomUUID();
        Person bob = user(id);
        for (int i = 0; i < 20; i++) {
            String room = room();
            bob.sends("join", Map.of("room", room));
            moderates(moderator, room, "ban", Map.of("callerId", id));
            moderator.joins(room);
            moderator.says(room, "among us");
            assertIsShutOut(bob, room);
            assertThat(moderator.joins(room).getJsonArray("members")).hasSize(1);
        }
        bob.awaitsBeat();
        assertThat(bob.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
    }

    /** The requests came before the ban, and some of their pages would be read after it. */
    @Test
    default void requestsThatWaitDuringABanDoNotShowWhatIsSaidAfterIt() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        Person bob = person("bob");
        String epoch = bob.joins(room).getString("epoch");
        moderator.says(room, "before");
        Person reader = person(Map.of("session", bob.session(), "tab", "reader"));
        // With the requests behind the ban, fewer than a server with the usual settings takes at once.
        for (int i = 0; i < 60; i++) {
            reader.sends("history", Map.of("room", room));
            bob.sends("join", Map.of("room", room, "since", 0, "epoch", epoch));
        }
        moderates(moderator, room, "ban", Map.of("user", bob.name()));
        moderator.says(room, "among us");
        for (Person each : List.of(bob, reader)) {
            assertIsShutOut(each, room);
            each.awaitsBeat();
            assertThat(each.hasHeard()).noneMatch(message -> message.toString().contains("among us"));
        }
    }

    @Test
    default void whoIsRemovedMayComeBack() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        Person bob = person("bob", room);
        moderates(moderator, room, "remove", Map.of("user", bob.name(), "reason", "calm down"));
        assertThat(bob.awaits("left").getString("reason"))
                .isEqualTo("you were put out of the room " + room + ": calm down");
        moderator.seesOnline(bob.name(), false);
        assertThat(bob.isRefused("say", Map.of("room", room, "text", "hey"))).isEqualTo("notMember");
        bob.joins(room);
        bob.says(room, "here again");
    }

    @Test
    default void aSlowRoomTakesOneMessageOfEachMemberAndAllOfModerators() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        Person bob = person("bob", room);
        Person carol = person("carol", room);
        moderates(moderator, room, "slow", Map.of("seconds", 600));
        assertThat(bob.awaits("granted").getInt("slow")).isEqualTo(600);
        assertThat(carol.awaits("granted").getInt("slow")).isEqualTo(600);
        bob.says(room, "one");
        JsonObject refusal = bob.answerTo("say", Map.of("room", room, "text", "two"));
        assertThat(refusal.getString("code")).isEqualTo("tooFast");
        assertThat(refusal.getString("message")).contains("one message in 600 seconds");
        Person other = person(Map.of("session", bob.session(), "tab", "other"));
        assertThat(other.joins(room).getInt("slow")).isEqualTo(600);
        assertThat(other.isRefused("say", Map.of("room", room, "text", "three")))
                .isEqualTo("tooFast");
        carol.says(room, "four");
        moderator.says(room, "five");
        moderator.says(room, "six");
        moderates(moderator, room, "slow", Map.of("seconds", 0));
        assertThat(carol.awaits("granted").containsKey("slow")).isFalse();
        carol.says(room, "seven");
        assertThat(Messages.texts(carol.readsLog(room))).containsExactly("one", "four", "five", "six", "seven");
    }

    @Test
    default void aModeratorErasesAMessage() {
        String room = room();
        Person moderator = moderator();
        Person bob = person("bob", room);
        bob.says(room, "a secret");
        moderates(moderator, room, "erase", Map.of("seq", 1, "reason", "private"));
        assertThat(bob.awaits("erased").getInt("seq")).isEqualTo(1);
        assertThat(bob.readsLog(room).toString()).doesNotContain("a secret");
        bob.saysBytes(FILE, Map.of("room", room, "media", "image/png"));
        assertThat(bob.asks("fetch", Map.of("room", room, "seq", 2)).getString("data"))
                .isEqualTo("AQID");
        moderates(moderator, room, "erase", Map.of("seq", 2));
        JsonObject gone = bob.answerTo("fetch", Map.of("room", room, "seq", 2));
        assertThat(gone.getString("code")).isEqualTo("notFound");
        assertThat(gone.getString("message")).contains("erased");
        assertThat(isRefused(moderator, room, "erase", Map.of("seq", 3))).isEqualTo("notFound");
    }

    @Test
    default void nobodyModeratesHimself() {
        String room = room();
        Person moderator = moderator();
        moderator.joins(room);
        moderator.says(room, "mine");
        for (Map<String, ?> self : List.of(
                Map.of("user", moderator.name()),
                Map.of("seq", 1),
                Map.of("callerId", moderator.welcome().getJsonObject("caller").getString("id")))) {
            assertThat(isRefused(moderator, room, "ban", self)).isEqualTo("forbidden");
            assertThat(isRefused(moderator, room, "remove", self)).isEqualTo("forbidden");
        }
        moderator.says(room, "still here");
    }

    @Test
    default void aModeratorWhoIsBannedModeratesNoMore() {
        String room = room();
        Person first = moderator();
        Person second = moderator();
        first.joins(room);
        second.joins(room);
        moderates(first, room, "ban", Map.of("user", second.name()));
        second.awaits("left");
        assertThat(isRefused(second, room, "ban", Map.of("user", first.name()))).isEqualTo("forbidden");
        first.says(room, "still here");
    }

    @Test
    default void aTokenMayGiveSignalWithoutSay() {
        String room = room();
        Person reader = bearer("reader-" + UUID.randomUUID(), "read", "signal");
        Person silent = bearer("silent-" + UUID.randomUUID(), "read");
        Person bob = person("bob", room);
        assertThat(may(reader.joins(room))).containsExactly("signal");
        assertThat(may(silent.joins(room))).isEmpty();
        silent.sends("typing", Map.of("room", room));
        silent.sends("signal", Map.of("room", room, "text", "x"));
        silent.awaitsBeat();
        reader.sends("signal", Map.of("room", room, "text", "x"));
        assertThat(bob.awaits("signal").getString("from")).isEqualTo(reader.name());
        reader.sends("typing", Map.of("room", room));
        assertThat(bob.awaits("typing").getString("user")).isEqualTo(reader.name());
        assertThat(reader.isRefused("say", Map.of("room", room, "text", "x"))).isEqualTo("forbidden");
    }

    @Test
    default void fieldsThatHaveNoMeaningAreRejected() {
        String room = room();
        Person moderator = moderator();
        Map<String, ?> bob = Map.of("user", "bob");
        assertThat(List.of(
                        isRefused(moderator, room, "ban", Map.of()),
                        isRefused(moderator, room, "ban", Map.of("user", "bob", "seq", 1)),
                        isRefused(moderator, room, "ban", Map.of("user", "bob", "seconds", 0)),
                        isRefused(moderator, room, "ban", Map.of("user", "bob", "reason", "x".repeat(201))),
                        isRefused(moderator, room, "ban", Map.of("user", "bob", "address", true, "seconds", 9_999_999)),
                        isRefused(moderator, room, "unban", Map.of("user", "bob", "seconds", 1)),
                        isRefused(moderator, room, "remove", Map.of("user", "bob", "address", true)),
                        isRefused(moderator, room, "slow", bob),
                        isRefused(moderator, room, "slow", Map.of("seconds", 21_601)),
                        isRefused(moderator, room, "erase", bob),
                        isRefused(moderator, room, "forgive", bob)))
                .containsOnly("badRequest");
    }
}

package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.identity.jwt.Mint;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct rooms, where a policy allows nothing to anybody: they are for exactly two signed-in users all the same. */
@Timeout(120)
interface DirectRoomConformance {
    String SECRET = "a secret of more than thirty-two bytes";
    byte[] FILE = {1, 2, 3};

    URI chat();

    private static String id(String name) {
        return name + "-" + UUID.randomUUID() + "@example.com";
    }

    private static String token(String id) {
        return new Mint(SECRET, null, null).token(id, id, Duration.ofMinutes(5), Map.of());
    }

    /** Another device of the same user, if the id is the same. */
    private Person user(String id) {
        return Person.at(chat(), Map.of("token", token(id)));
    }

    private static List<JsonObject> invitations(Person person) {
        return person.hasHeard().stream()
                .filter(message -> Messages.is(message, "invited"))
                .toList();
    }

    /** Pages of one connection are read one after the other: what was unread at the welcome has come when this returns. */
    private static List<JsonObject> unread(Person person, String room) {
        person.asksForHistory(room, Map.of());
        return invitations(person);
    }

    private static void assertInvited(JsonObject invited, String room, Person from, String id, long seq) {
        assertThat(invited.getString("room")).isEqualTo(room);
        assertThat(invited.getString("from")).isEqualTo(from.name());
        assertThat(invited.getJsonObject("caller").getString("kind")).isEqualTo("user");
        assertThat(invited.getJsonObject("caller").getString("id")).isEqualTo(id);
        assertThat(Messages.seq(invited)).isEqualTo(seq);
    }

    private static List<String> members(JsonObject joined) {
        return joined.getJsonArray("members").getValuesAs(JsonString::getString);
    }

    @Test
    default void eachOfTheTwoKnowsTheRoomByTheIdOfTheOther() {
        String annsId = id("ann");
        String bobsId = id("bob");
        String toBob = "@" + bobsId;
        String toAnn = "@" + annsId;
        try (Person ann = user(annsId);
                Person bob = user(bobsId)) {
            JsonObject empty = ann.joins(toBob);
            assertThat(empty.getString("room")).isEqualTo(toBob);
            assertThat(members(empty)).containsExactly(ann.name());
            JsonObject joined = bob.joins(toAnn);
            assertThat(joined.getString("room")).isEqualTo(toAnn);
            assertThat(members(joined)).containsExactlyInAnyOrder(ann.name(), bob.name());
            JsonObject presence = ann.awaits("presence");
            assertThat(presence.getString("room")).isEqualTo(toBob);
            assertThat(presence.getString("user")).isEqualTo(bob.name());

            JsonObject said = ann.says(toBob, "once", "between us");
            assertThat(said.getString("room")).isEqualTo(toBob);
            assertThat(Messages.seq(ann.says(toBob, "once", "between us"))).isEqualTo(1);
            assertThat(bob.hears("between us").getString("room")).isEqualTo(toAnn);
            assertThat(ann.hears("between us").getString("room")).isEqualTo(toBob);
            // In the room joined last.
            assertThat(bob.says("I see").getString("room")).isEqualTo(toAnn);
            assertThat(Messages.seq(ann.hears("I see"))).isEqualTo(2);

            assertThat(ann.saysBytes(FILE, Map.of("room", toBob, "media", "image/png", "name", "rose.png"))
                            .getString("room"))
                    .isEqualTo(toBob);
            JsonObject file = bob.awaits("the file", message -> message.containsKey("binary"));
            assertThat(file.getString("room")).isEqualTo(toAnn);
            assertThat(file.getString("data")).isEqualTo("AQID");

            JsonObject fetched = bob.asks("fetch", Map.of("room", toAnn, "seq", 3));
            assertThat(fetched.getString("room")).isEqualTo(toAnn);
            assertThat(fetched.getString("data")).isEqualTo("AQID");
            Person phone = Person.at(chat(), Map.of("token", token(bobsId), "attachments", "apart"));
            JsonObject reference = Messages.entries(phone.joins(toAnn)).get(2);
            assertThat(reference.getString("room")).isEqualTo(toAnn);
            assertThat(reference.getInt("size")).isEqualTo(3);
            phone.close();

            bob.sends("typing", Map.of("room", toAnn));
            assertThat(ann.awaits("typing").getString("room")).isEqualTo(toBob);
            bob.sends("signal", Map.of("room", toAnn, "text", "x"));
            JsonObject signal = ann.awaits("signal");
            assertThat(signal.getString("room")).isEqualTo(toBob);
            assertThat(signal.getJsonObject("caller").getString("id")).isEqualTo(bobsId);
            bob.sends("read", Map.of("room", toAnn, "seq", 2));
            JsonObject read = ann.awaits("read");
            assertThat(read.getString("room")).isEqualTo(toBob);
            assertThat(Messages.seq(read)).isEqualTo(2);

            JsonObject page = bob.asksForHistory(toAnn, Map.of("limit", 2));
            assertThat(page.getString("room")).isEqualTo(toAnn);
            assertThat(Messages.entries(page))
                    .extracting(entry -> entry.getString("room"))
                    .containsExactly(toAnn, toAnn);
            assertThat(Messages.seqs(Messages.entries(page))).containsExactly(2L, 3L);

            assertThat(bob.leaves(toAnn).getString("room")).isEqualTo(toAnn);
            JsonObject error = bob.answerTo("say", Map.of("room", toAnn, "text", "am I in?"));
            assertThat(error.getString("code")).isEqualTo("notMember");
            assertThat(error.getString("message")).contains(toAnn).doesNotContain(bobsId);
        }
    }

    @Test
    default void aClientComesBackToADirectRoomWithoutAGap() {
        String annsId = id("ann");
        String bobsId = id("bob");
        try (Person ann = user(annsId);
                Person bob = user(bobsId)) {
            String epoch = bob.joins("@" + annsId).getString("epoch");
            ann.joins("@" + bobsId);
            ann.says("one");
            bob.hears("one");
            bob.vanishes();
            ann.says("two");
            try (Person again = user(bobsId);
                    Person anew = user(bobsId)) {
                JsonObject joined = again.resumes("@" + annsId, 1, epoch);
                assertThat(joined.getBoolean("recovered")).isTrue();
                assertThat(Messages.texts(Messages.entries(joined))).containsExactly("two");
                assertThat(Messages.entries(joined).get(0).getString("room")).isEqualTo("@" + annsId);
                JsonObject other = anew.resumes("@" + annsId, 1, "another");
                assertThat(other.getBoolean("recovered")).isFalse();
                assertThat(Messages.texts(Messages.entries(other))).containsExactly("one", "two");
                ann.says("three");
                again.hears("three");
                anew.hears("three");
            }
        }
    }

    /** Neither joined nor presence, typing, read marks, resuming, history nor invitations. */
    @Test
    default void nobodyElseHearsReadsOrCounts() {
        String annsId = id("ann");
        String bobsId = id("bob");
        String evesId = id("eve");
        String first = annsId.compareTo(bobsId) < 0 ? annsId : bobsId;
        String second = first.equals(annsId) ? bobsId : annsId;
        try (Person ann = user(annsId);
                Person bob = user(bobsId);
                Person eve = user(evesId);
                Person guest = Person.at(chat(), Map.of("name", "g-" + evesId.substring(4, 12)))) {
            ann.joins("@" + bobsId);
            // Each of these is a direct room of Eve's own.
            for (String room :
                    List.of("@" + annsId, "@" + bobsId, "@" + first + " " + second, "@" + first + "@" + second)) {
                JsonObject joined = eve.joins(room);
                assertThat(members(joined)).containsExactly(eve.name());
                assertThat(joined.getInt("seq")).isZero();
            }
            List<String> wrong = List.of(
                    "@" + first + "\u001F" + second, first + "\u001F" + second, "@" + first + "\u0000" + second);
            for (String room : wrong) {
                assertThat(eve.isRefused("join", Map.of("room", room))).isEqualTo("badRequest");
                assertThat(eve.isRefused("history", Map.of("room", room))).isEqualTo("badRequest");
                assertThat(eve.isRefused("say", Map.of("room", room, "text", "let me in")))
                        .isEqualTo("badRequest");
            }
            bob.joins("@" + annsId);
            ann.says("@" + bobsId, "among us");
            bob.hears("among us");
            ann.sends("typing", Map.of("room", "@" + bobsId));
            ann.sends("read", Map.of("room", "@" + bobsId, "seq", 1));
            bob.awaits("read");
            bob.leaves("@" + annsId);
            JsonObject resumed = eve.joins("@" + annsId, Map.of("since", 0, "epoch", "any"));
            assertThat(resumed.getInt("seq")).isZero();
            assertThat(Messages.entries(eve.asksForHistory("@" + bobsId, Map.of("after", 0))))
                    .isEmpty();
            eve.awaitsBeat();
            assertThat(eve.hasHeard())
                    .noneMatch(message -> message.toString().contains("among us"))
                    .noneMatch(message -> Stream.of("presence", "typing", "read", "entry", "invited")
                            .anyMatch(type -> Messages.is(message, type)));
            // Eve's rooms are others: she is not seen.
            assertThat(ann.hasHeard()).noneMatch(message -> message.toString().contains(eve.name()));

            for (String room : List.of("@" + annsId, "@" + bobsId, "@" + guest.name())) {
                for (Map.Entry<String, Map<String, ?>> request : Map.<String, Map<String, ?>>of(
                                "join", Map.of("room", room),
                                "say", Map.of("room", room, "text", "let me in"),
                                "history", Map.of("room", room),
                                "fetch", Map.of("room", room, "seq", 1),
                                "leave", Map.of("room", room))
                        .entrySet()) {
                    JsonObject error = guest.answerTo(request.getKey(), request.getValue());
                    assertThat(error.getString("code")).isEqualTo("forbidden");
                    assertThat(error.getString("message")).contains("sign in");
                }
                assertThat(guest.saysBytes(FILE, Map.of("room", room, "media", "image/png"))
                                .getString("code"))
                        .isEqualTo("forbidden");
                guest.sends("typing", Map.of("room", room));
                assertThat(guest.awaits("error").getString("code")).isEqualTo("forbidden");
                guest.sends("read", Map.of("room", room, "seq", 1));
                assertThat(guest.awaits("error").getString("code")).isEqualTo("forbidden");
            }
            guest.awaitsBeat();
            assertThat(guest.hasHeard()).isEmpty();
        }
    }

    @Test
    default void thePolicyAboutOtherRoomsIsNotChangedByThat() {
        try (Person ann = user(id("ann"))) {
            assertThat(ann.isRefused("join", Map.of("room", "closed-" + UUID.randomUUID())))
                    .isEqualTo("forbidden");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@ ", "@a\nb", "@\u001F", "@ann\u007F", "ann@example.com", "a@b"})
    default void anIdThatIsNotValidNamesNoRoom(String room) {
        try (Person ann = user(id("ann"))) {
            assertThat(ann.isRefused("join", Map.of("room", room))).isEqualTo("badRequest");
            assertThat(ann.isRefused("join", Map.of("room", "@" + "x".repeat(256))))
                    .isEqualTo("badRequest");
        }
    }

    @Test
    default void nobodyHasADirectRoomWithOneself() {
        String annsId = id("ann");
        try (Person ann = user(annsId)) {
            assertThat(ann.isRefused("join", Map.of("room", "@" + annsId))).isEqualTo("badRequest");
            assertThat(ann.isRefused("say", Map.of("room", "@" + annsId, "text", "me")))
                    .isEqualTo("badRequest");
            assertThat(ann.isRefused("say", Map.of("room", "@" + id("bob"), "text", "not joined")))
                    .isEqualTo("notMember");
        }
    }

    /** Ids may have any characters but control characters, and much longer ones than names of rooms. */
    @Test
    default void anyIdNamesADirectRoom() {
        String random = UUID.randomUUID().toString();
        String annsId = "a\"b\\c {} @ \u4f60 \ud83d\ude00" + random;
        String bobsId = "\\".repeat(255 - random.length()) + random;
        try (Person ann = user(annsId);
                Person bob = user(bobsId)) {
            bob.joins("@" + annsId);
            assertThat(ann.joins("@" + bobsId).getString("room")).isEqualTo("@" + bobsId);
            ann.says("@" + bobsId, "x".repeat(64), "hi");
            assertThat(bob.hears("hi").getString("room")).isEqualTo("@" + annsId);
            Map<String, Object> header = Map.of(
                    "room",
                    "@" + bobsId,
                    "media",
                    "\"".repeat(127),
                    "name",
                    "\u0001".repeat(255),
                    "id",
                    "\u0001".repeat(64));
            assertThat(ann.saysBytes(FILE, header).getString("type")).isEqualTo("said");
            assertThat(bob.hears(1, "@" + annsId).get(0).getString("name")).isEqualTo("\u0001".repeat(255));
            assertThat(ann.saysBytes(FILE, Messages.with(header, "media", "\u0001".repeat(127)))
                            .getString("code"))
                    .isEqualTo("badRequest");
        }
    }

    @Test
    default void theOtherIsInvitedOnAllDevicesThatAreNotThere() {
        String annsId = id("ann");
        String bobsId = id("bob");
        String toAnn = "@" + annsId;
        try (Person ann = user(annsId);
                Person phone = user(bobsId);
                Person desk = user(bobsId);
                Person there = user(bobsId);
                Person annsPhone = user(annsId)) {
            there.joins(toAnn);
            ann.joins("@" + bobsId);
            ann.says("hi");
            assertInvited(phone.awaits("invited"), toAnn, ann, annsId, 1);
            assertInvited(desk.awaits("invited"), toAnn, ann, annsId, 1);
            assertInvited(annsPhone.awaits("invited"), "@" + bobsId, ann, annsId, 1);
            there.hears("hi");

            desk.joins(toAnn);
            ann.says("are you there?");
            assertInvited(phone.awaits("invited"), toAnn, ann, annsId, 2);
            desk.hears("are you there?");
            desk.leaves(toAnn);
            ann.says("hello?");
            assertInvited(desk.awaits("invited"), toAnn, ann, annsId, 3);
            there.hears("hello?");
            assertThat(invitations(there)).isEmpty();
            assertThat(invitations(ann)).isEmpty();
        }
    }

    @Test
    default void whoComesLaterIsInvitedUntilItHasRead() {
        String annsId = id("ann");
        String bobsId = id("bob");
        String toAnn = "@" + annsId;
        try (Person ann = user(annsId)) {
            ann.joins("@" + bobsId);
            try (Person bob = user(bobsId)) {
                // Joining makes nothing.
                assertThat(unread(bob, toAnn)).isEmpty();
            }
            ann.says("one");
            ann.says("two");
            try (Person phone = user(bobsId);
                    Person desk = user(bobsId)) {
                assertInvited(phone.awaits("invited"), toAnn, ann, annsId, 2);
                assertInvited(desk.awaits("invited"), toAnn, ann, annsId, 2);
                desk.joins(toAnn);
                desk.sends("read", Map.of("room", toAnn, "seq", 2));
                ann.awaits("read");
            }
            await().until(() -> {
                try (Person again = user(bobsId)) {
                    return unread(again, toAnn).isEmpty();
                }
            });
            ann.says("three");
            try (Person again = user(bobsId)) {
                assertInvited(again.awaits("invited"), toAnn, ann, annsId, 3);
            }
        }
    }

    @Test
    default void whatATokenSaysAboutRoomsIsNotAboutDirectRooms() {
        String annsId = id("ann");
        String bobsId = id("bob");
        String narrow = new Mint(SECRET, null, null)
                .token(annsId, annsId, Duration.ofMinutes(5), Mint.rooms(Map.of("lobby", List.of("read"))));
        try (Person ann = Person.at(chat(), Map.of("token", narrow));
                Person bob = user(bobsId)) {
            JsonObject joined = ann.joins("@" + bobsId);
            ann.says("hi");
            bob.joins("@" + annsId);
            ann.asks("hello", Map.of("token", token(annsId)));
            ann.says("@" + bobsId, "still here");
            bob.hears("still here");
            assertThat(joined.containsKey("may")).isFalse();
            assertThat(ann.hasHeard())
                    .noneMatch(message -> Messages.is(message, "left") || Messages.is(message, "granted"));
        }
    }

    /** Not even one whose token gives this everywhere. */
    @Test
    default void nobodyModeratesADirectRoom() {
        String annsId = id("ann");
        String bobsId = id("bob");
        String wide = new Mint(SECRET, null, null)
                .token(annsId, annsId, Duration.ofMinutes(5), Mint.rooms(Map.of("*", List.of("all", "moderate"))));
        try (Person ann = Person.at(chat(), Map.of("token", wide));
                Person bob = user(bobsId)) {
            assertThat(ann.joins("@" + bobsId).containsKey("may")).isFalse();
            bob.joins("@" + annsId);
            bob.says("mine");
            for (Map<String, ?> act : List.<Map<String, ?>>of(
                    Map.of("action", "erase", "seq", 1),
                    Map.of("action", "ban", "user", bob.name()),
                    Map.of("action", "mute", "user", bob.name()),
                    Map.of("action", "slow", "seconds", 60))) {
                assertThat(ann.isRefused("moderate", Messages.with(act, "room", "@" + bobsId)))
                        .isEqualTo("forbidden");
            }
            bob.says("still here");
            assertThat(Messages.texts(Messages.entries(ann.asksForHistory("@" + bobsId, Map.of()))))
                    .containsExactly("mine", "still here");
        }
    }

    @Test
    default void theClientForJavaHearsOfItsDirectRooms() throws Exception {
        String annsId = id("ann");
        String bobsId = id("bob");
        List<ServerMessage.Invited> invited = new CopyOnWriteArrayList<>();
        List<Entry> entries = new CopyOnWriteArrayList<>();
        ClientOptions options = ClientOptions.defaults()
                .withTokens(() -> token(bobsId))
                .withListener(new ChatListener() {
                    @Override
                    public void invited(ServerMessage.Invited to) {
                        invited.add(to);
                    }

                    @Override
                    public void entry(Entry entry) {
                        entries.add(entry);
                    }
                });
        try (ChatClient bob = ChatClient.connect(chat(), options);
                Person ann = user(annsId)) {
            ann.joins("@" + bobsId);
            ann.says("hi");
            await().until(() -> !invited.isEmpty());
            RoomName room = invited.get(0).room();
            assertThat(room).isEqualTo(RoomName.with(annsId));
            bob.join(room).toCompletableFuture().get();
            bob.say(room, "hello").toCompletableFuture().get();
            ann.hears("hello");
            await().until(() -> entries.size() == 2);
            assertThat(entries).allMatch(entry -> entry.room().equals(room));
        }
    }
}

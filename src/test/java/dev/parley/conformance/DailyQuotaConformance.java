package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user and an address may do in a day, and in how many rooms they may be. Each test has an address of its own, which a proxy names. */
@Timeout(120)
interface DailyQuotaConformance extends Place {
    String SECRET = "a secret of more than thirty-two bytes";
    int FILES = 3;
    int FILES_OF_ADDRESS = 5;
    int ROOMS = 4;
    int ROOMS_OF_ADDRESS = 6;
    /** At one time, of a connection, a user and an address. */
    int JOINED = 20;

    int JOINED_OF_USER = 30;
    int JOINED_OF_ADDRESS = 35;
    Map<String, String> SETTINGS = Map.of(
            "parley.jwt.secret", SECRET,
            "parley.rate", "500",
            "parley.proxies", "127.0.0.1",
            "parley.quota.attachments", Integer.toString(FILES),
            "parley.quota.attachments.address", Integer.toString(FILES_OF_ADDRESS),
            "parley.quota.rooms.made", Integer.toString(ROOMS),
            "parley.quota.rooms.made.address", Integer.toString(ROOMS_OF_ADDRESS),
            "parley.quota.rooms", Integer.toString(JOINED),
            "parley.quota.rooms.user", Integer.toString(JOINED_OF_USER),
            "parley.quota.rooms.address", Integer.toString(JOINED_OF_ADDRESS));
    byte[] FILE = {1, 2, 3};
    /** In rooms whose names begin with this, a user with the role {@code bot} has twice the quotas. */
    String MORE = "more-";

    /** The first 64 bits of an address that nobody else has. */
    static String network() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "2001:db8:%x:%x".formatted(random.nextInt(1, 0xFFFF), random.nextInt(1, 0xFFFF));
    }

    /** Another device of the same user, if the id is the same. */
    private Person user(String id, String network, int device) {
        return user(id, network, device, Map.of());
    }

    default Person user(String id, String network, int device, Map<String, ?> claims) {
        String token = new Mint(SECRET, null, null).token(id, id, Duration.ofMinutes(5), claims);
        RawClient line = client("X-Forwarded-For: " + network + "::" + device);
        return Person.on(line, Map.of("token", token));
    }

    private Person guest(String network, int device) {
        return Person.on(client("X-Forwarded-For: " + network + "::" + device), Map.of());
    }

    static String id(String name) {
        return name + "-" + UUID.randomUUID();
    }

    static JsonObject says(Person person, String room, String id) {
        return person.answerTo("say", Map.of("room", room, "id", id, "text", "hello"));
    }

    private static JsonObject sends(Person person, String room, String id) {
        return person.saysBytes(FILE, Map.of("room", room, "id", id, "media", "image/png"));
    }

    static void assertSaid(JsonObject answer, long seq) {
        assertThat(answer.getString("type")).as("%s", answer).isEqualTo("said");
        assertThat(Messages.seq(answer)).isEqualTo(seq);
    }

    /** @param sentence the beginning of what a person is told */
    static void assertIsTooMuch(JsonObject answer, String sentence) {
        assertThat(answer.getString("type")).as("%s", answer).isEqualTo("error");
        assertThat(answer.getString("code")).isEqualTo("tooFast");
        assertThat(answer.getString("message")).startsWith(sentence).endsWith(". This is possible again in 24 hours");
        assertThat(answer.getJsonNumber("retryAfter").longValue())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofDays(1).toMillis());
    }

    @Test
    default void aUserMakesSoManyRoomsWithAllItsConnections() {
        String ann = id("ann");
        String network = network();
        Person desk = user(ann, network, 1);
        Person phone = user(ann, network, 2);
        String[] rooms = new String[ROOMS];
        for (int i = 0; i < ROOMS; i++) {
            rooms[i] = room();
            Person device = i % 2 == 0 ? desk : phone;
            device.joins(rooms[i]);
            assertSaid(says(device, rooms[i], "1"), 1);
            assertSaid(says(device, rooms[i], "2"), 2);
        }
        String more = room();
        desk.joins(more);
        phone.joins(more);
        String sentence = "you may make 4 rooms in a day, also by a first message";
        assertIsTooMuch(says(desk, more, "1"), sentence);
        assertIsTooMuch(says(phone, more, "1"), sentence);
        assertThat(Messages.entries(desk.asksForHistory(more, Map.of()))).isEmpty();

        // What is there is not made again, and neither is what another user has made.
        assertSaid(says(desk, rooms[0], "3"), 3);
        Person bob = user(id("bob"), network, 3);
        bob.joins(more);
        assertSaid(says(bob, more, "1"), 1);
        assertSaid(says(desk, more, "1"), 2);
        phone.leaves(more);
        phone.joins(more);
        assertSaid(says(phone, more, "2"), 3);
    }

    @Test
    default void directRoomsWithInventedUsersAreMadeToo() {
        Person ann = user(id("ann"), network(), 1);
        String invented = null;
        for (int i = 0; i < ROOMS; i++) {
            invented = "@" + id("nobody");
            ann.joins(invented);
            assertSaid(says(ann, invented, "1"), 1);
        }
        String more = "@" + id("nobody");
        ann.joins(more);
        assertIsTooMuch(says(ann, more, "1"), "you may make 4 rooms");
        assertSaid(says(ann, invented, "2"), 2);
    }

    @Test
    default void manyMessagesToANewRoomMakeItOnce() {
        Person ann = user(id("ann"), network(), 1);
        for (int i = 0; i < ROOMS; i++) {
            String room = room();
            ann.joins(room);
            for (int message = 0; message < 2 * ROOMS; message++) {
                ann.sends("say", Map.of("room", room, "text", "message " + message));
            }
            assertThat(ann.hears(2 * ROOMS, room)).hasSize(2 * ROOMS);
        }
    }

    @Test
    default void twoUsersAtOnceMakeARoomAndOnlyOneOfThemHasMadeIt() {
        Person ann = user(id("ann"), network(), 1);
        // Elsewhere, because all rooms of both are more than those of one address.
        Person bob = user(id("bob"), network(), 1);
        int made = 0;
        for (int i = 0; i < ROOMS; i++) {
            String room = room();
            ann.joins(room);
            bob.joins(room);
            ann.sends("say", Map.of("room", room, "text", "from ann"));
            bob.sends("say", Map.of("room", room, "text", "from bob"));
            made += ann.hears(2, room).get(0).getString("text").equals("from ann") ? 1 : 0;
            bob.hears(2, room);
        }
        for (int i = made; i < ROOMS; i++) {
            String room = room();
            ann.joins(room);
            assertSaid(says(ann, room, "1"), 1);
        }
        String more = room();
        ann.joins(more);
        assertIsTooMuch(says(ann, more, "1"), "you may make 4 rooms");
    }

    @Test
    default void aUserSendsSoManyFilesAndWhatIsStoredMayComeAgain() {
        String ann = id("ann");
        String network = network();
        String room = room();
        Person desk = user(ann, network, 1);
        Person phone = user(ann, network, 2);
        desk.joins(room);
        phone.joins(room);
        assertSaid(sends(desk, room, "1"), 1);
        assertSaid(sends(phone, room, "2"), 2);
        // As after a broken connection, when the answer was lost.
        assertSaid(sends(phone, room, "1"), 1);
        assertSaid(sends(desk, room, "3"), 3);
        assertIsTooMuch(sends(desk, room, "4"), "you may send 3 files in a day");
        assertIsTooMuch(sends(phone, room, "4"), "you may send 3 files in a day");
        assertSaid(sends(desk, room, "3"), 3);
        assertSaid(sends(phone, room, "2"), 2);
        assertThat(phone.says(room, "a text is no file").getString("type")).isEqualTo("said");
        Person again = user(ann, network, 1);
        again.joins(room);
        assertSaid(sends(again, room, "3"), 3);
        assertIsTooMuch(sends(again, room, "4"), "you may send 3 files in a day");
        assertThat(Messages.seqs(again.readsLog(room))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    default void theSameFileFromTwoConnectionsAtOnceCountsOnce() {
        String ann = id("ann");
        String network = network();
        String room = room();
        Person desk = user(ann, network, 1);
        Person phone = user(ann, network, 2);
        desk.joins(room);
        phone.joins(room);
        for (int i = 1; i <= FILES; i++) {
            Map<String, Object> header = Map.of("ref", i, "room", room, "id", "file-" + i, "media", "image/png");
            desk.sendsBytes(FILE, header);
            phone.sendsBytes(FILE, header);
            for (Person device : new Person[] {desk, phone}) {
                int ref = i;
                assertSaid(device.awaits("the answer", message -> message.getInt("ref", 0) == ref), i);
            }
        }
        assertIsTooMuch(sends(phone, room, "one more"), "you may send 3 files in a day");
    }

    @Test
    default void guestsOfOneNetworkShareItsQuotas() {
        String network = network();
        String sentence = "all users of your address together may ";
        for (int i = 1; i <= ROOMS_OF_ADDRESS; i++) {
            Person guest = guest(network, i);
            String room = room();
            guest.joins(room);
            assertSaid(says(guest, room, "1"), 1);
            JsonObject file = sends(guest, room, "2");
            if (i <= FILES_OF_ADDRESS) {
                assertSaid(file, 2);
            } else {
                assertIsTooMuch(file, sentence + "send 5 files in a day");
            }
        }
        Person last = guest(network, 99);
        String room = room();
        last.joins(room);
        assertIsTooMuch(says(last, room, "1"), sentence + "make 6 rooms in a day");
        Person elsewhere = guest(network(), 99);
        elsewhere.joins(room);
        assertSaid(says(elsewhere, room, "1"), 1);
    }

    @Test
    default void whereAPolicyGivesMoreAUserAndItsAddressHaveMore() {
        Person bot = user(id("bot"), network(), 1, Map.of("roles", List.of("bot")));
        String room = null;
        for (int i = 0; i < 2 * ROOMS; i++) {
            room = MORE + room();
            bot.joins(room);
            assertSaid(says(bot, room, "1"), 1);
        }
        String more = MORE + room();
        bot.joins(more);
        assertIsTooMuch(says(bot, more, "1"), "you may make 8 rooms in a day");
        for (int i = 0; i < 2 * FILES; i++) {
            assertSaid(sends(bot, room, "file-" + i), 2 + i);
        }
        assertIsTooMuch(sends(bot, room, "one more"), "you may send 6 files in a day");
        // Elsewhere it has what others have.
        String elsewhere = room();
        bot.joins(elsewhere);
        assertIsTooMuch(says(bot, elsewhere, "1"), "you may make 4 rooms in a day");
    }

    private static void joins(Person person, int rooms) {
        for (int i = 0; i < rooms; i++) {
            person.joins("place-" + i);
        }
    }

    private static void assertHasNoPlace(Person person, String code, String sentence) {
        JsonObject answer = person.answerTo("join", Map.of("room", "one-more"));
        assertThat(answer.getString("code", "")).as("%s", answer).isEqualTo(code);
        assertThat(answer.getString("message")).startsWith("at most " + sentence + ": leave one");
    }

    @Test
    default void aConnectionAUserAndAnAddressAreInSoManyRoomsAtATime() {
        String ann = id("ann");
        String network = network();
        Person desk = user(ann, network, 1);
        joins(desk, JOINED);
        assertHasNoPlace(desk, "forbidden", "20 rooms at a time");
        // A room that one is in takes no second place.
        joins(desk, 1);
        desk.leaves("place-0");
        desk.joins("one-more");
        Person phone = user(ann, network, 2);
        joins(phone, JOINED_OF_USER - JOINED);
        assertHasNoPlace(phone, "tooFast", "30 rooms at a time with all your connections");
        Person guest = guest(network, 3);
        joins(guest, JOINED_OF_ADDRESS - JOINED_OF_USER);
        assertHasNoPlace(guest, "tooFast", "35 rooms at a time for all users of your address together");
        joins(guest(network(), 3), JOINED);

        desk.close();
        await().untilAsserted(() -> joins(phone, JOINED));
        joins(guest, JOINED_OF_ADDRESS - JOINED);
    }
}

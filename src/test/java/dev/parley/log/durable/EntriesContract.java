package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.LogAssertions.numbers;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class EntriesContract {
    private final DatabaseContract database;

    EntriesContract(DatabaseContract database) {
        this.database = database;
    }

    private static final RoomName GARDEN = new RoomName("garden");

    @TempDir
    Path folder;

    private GroupCommitLog open() {
        return database.openLog(folder.resolve("data"));
    }

    @Test
    void dataIsFoundAgainWithItsKindAndIsErasedLikeATextIs() {
        Body json = new Body.Data("Order", "{\"id\": 7, \"price\": 19.90, \"é\": [null, 1e3]}");
        Body text = new Body.Data("note", "\"a text\"");
        Entry order;
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            order = get(speaker.say(LOBBY, ANN, "a", json));
            Entry note = get(speaker.say(LOBBY, ANN, "b", text));
            Entry plain = get(speaker.say(LOBBY, ANN, "c", new Body.Text("a text")));
            assertThat(order.body()).isEqualTo(json);
            assertThat(all(log, LOBBY)).containsExactly(order, note, plain);
            assertThat(get(speaker.say(LOBBY, ANN, "a", text))).isEqualTo(order);
            assertThat(get(log.readAttachment(LOBBY, 1, 0, 10))).isEmpty();
            get(log.erase(LOBBY, 1));
            assertThat(all(log, LOBBY)).containsExactly(order.withoutContent(), note, plain);
        }
    }

    @Test
    void manyThreadsGetNumbersWithoutAGapEachInItsOwnOrder() throws Exception {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            List<CompletableFuture<Entry>> said = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = IntStream.range(0, 16)
                    .mapToObj(t -> new Thread(() -> {
                        for (int i = 0; i < 500; i++) {
                            RoomName room = i % 2 == 0 ? LOBBY : GARDEN;
                            said.add(speaker.say(room, Speaker.user("u" + t), t + "-" + i, "text " + i));
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            said.forEach(Speaker::get);
            assertThat(speaker.heard).hasSize(8_000);
            // The senders are answered before the new entries are handed on.
            await().untilAsserted(() -> assertThat(speaker.added)
                    .isEqualTo(speaker.heard.stream().map(Appended::entry).toList()));
            for (RoomName room : List.of(LOBBY, GARDEN)) {
                List<Entry> entries = speaker.heard.stream()
                        .map(Appended::entry)
                        .filter(e -> e.room().equals(room))
                        .toList();
                assertThat(entries).extracting(Entry::seq).containsExactlyElementsOf(numbers(4_000));
                assertThat(all(log, room)).isEqualTo(entries);
                for (int t = 0; t < 16; t++) {
                    UserName name = new UserName("u" + t);
                    assertThat(entries.stream()
                                    .filter(e -> e.from().equals(name))
                                    .map(e -> Integer.parseInt(e.id().substring(e.id().indexOf('-') + 1))))
                            .hasSize(250)
                            .isSorted();
                }
            }
            assertThat(speaker.heard).extracting(a -> a.entry().at()).isSorted();
        }
    }

    @Test
    void theSameIdWithinOneBatchIsOneEntry() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.holding(log);
            List<CompletableFuture<Entry>> said = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                said.add(speaker.say(LOBBY, ANN, "same", "take " + i));
            }
            said.add(speaker.say(LOBBY, ANN, "other", "other"));
            speaker.release();
            assertThat(said.stream().map(Speaker::get).map(Entry::seq)).containsExactly(2L, 2L, 2L, 3L);
            assertThat(get(said.get(2)).body()).isEqualTo(new Body.Text("take 0"));
        }
    }

    @Test
    void anIdOfAnotherUserOrInAnotherRoomIsAnotherEntry() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            User namesake = new User("guest:7", ANN.name());
            assertThat(speaker.says(ANN, "1", "a").seq()).isEqualTo(1);
            assertThat(speaker.says(BOB, "1", "b").seq()).isEqualTo(2);
            assertThat(speaker.says(namesake, "1", "c").seq()).isEqualTo(3);
            assertThat(get(speaker.say(GARDEN, ANN, "1", "d")).seq()).isEqualTo(1);
            assertThat(speaker.says(ANN, null, "e").seq()).isEqualTo(4);
            assertThat(speaker.says(ANN, null, "e").seq()).isEqualTo(5);
            assertThat(speaker.heard).noneMatch(Appended::repeated);
        }
    }

    @Test
    void theSameIdOfTheSameUserInTheSameRoomIsOneEntry() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            Entry first = speaker.says(ANN, "1", "hi");
            assertThat(speaker.says(ANN, "1", "hi again")).isEqualTo(first);
            assertThat(speaker.says(new User(ANN.key(), new UserName("annie")), "1", "hi"))
                    .isEqualTo(first);
            assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(false, true, true);
            assertThat(speaker.added).containsExactly(first);
            assertThat(speaker.says(ANN, "2", "next").seq()).isEqualTo(2);
        }
    }

    @Test
    void anEntryHasTheKindAndTheIdOfItsSender() {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            UserName ann = new UserName("ann");
            List<User> namesakes = List.of(
                    new User("user:ann@example.com", ann), new User("guest:x7", ann), new User("bean:ann", ann));
            List<Entry> said = namesakes.stream()
                    .map(each -> speaker.says(each, "1", each.key()))
                    .toList();
            assertThat(said)
                    .extracting(Entry::caller)
                    .isEqualTo(namesakes.stream().map(User::id).toList());
            assertThat(all(log, LOBBY)).isEqualTo(said);
            assertThat(speaker.says(namesakes.get(0), "1", "again")).isEqualTo(said.get(0));
        }
    }

    @Test
    void whatWasSaidIsReadBackAsItWas() {
        try (GroupCommitLog log = open()) {
            List<Entry> said = saysAllKinds(Speaker.into(log));
            assertThat(all(log, LOBBY)).isEqualTo(said);
            assertThat(said).allSatisfy(e -> assertThat(e.at()).isEqualTo(e.at().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    /** Texts and attachments that are easily stored as something else. */
    static List<Entry> saysAllKinds(Speaker speaker) {
        byte[] bytes = {0, 1, -1, 7};
        Body.Attachment picture = new Body.Attachment("image/png", "b\u00ebe \ud83d\udc1d.png", ByteBuffer.wrap(bytes));
        Body.Attachment nameless = new Body.Attachment("x/y", null, ByteBuffer.allocate(0));
        List<Entry> said = new ArrayList<>();
        said.add(get(speaker.say(LOBBY, ANN, "p", picture)));
        said.add(get(speaker.say(LOBBY, ANN, "n", nameless)));
        said.add(speaker.says(BOB, null, "\ud83d\udc1d \u65e5\u672c 'quoted' \n"));
        assertThat(get(speaker.say(LOBBY, ANN, "p", nameless))).isEqualTo(said.get(0));
        return said;
    }

    @Test
    void eachLogHasAnEpochOfItsOwn() {
        try (GroupCommitLog one = open();
                GroupCommitLog other = database.openLog(folder.resolve("other"))) {
            assertThat(one.epoch()).hasSizeGreaterThanOrEqualTo(16).isNotEqualTo(other.epoch());
        }
    }

    /** Else a client would resume from a position that means nothing. */
    @Test
    void aLogThatHasLostItsEntriesHasAnotherEpoch() {
        String epoch;
        Entry entry;
        try (GroupCommitLog log = open()) {
            epoch = log.epoch();
            entry = Speaker.into(log).says(ANN, null, "hi");
        }
        try (GroupCommitLog log = open()) {
            boolean same = log.epoch().equals(epoch);
            assertThat(all(log, LOBBY)).isEqualTo(same ? List.of(entry) : List.of());
        }
    }

    @Test
    void theKeyOfSessionsIsSecretAndTheSameWhileTheDatabaseIsOpen() {
        ThreadFactory threads = Executors.defaultThreadFactory();
        try (Database one = database.open(folder.resolve("data"), threads);
                Database other = database.open(folder.resolve("other"), threads)) {
            byte[] key = one.sessionKey();
            assertThat(key).hasSize(32).isNotEqualTo(new byte[32]).isEqualTo(one.sessionKey());
            assertThat(other.sessionKey()).isNotEqualTo(key);
        }
    }
}

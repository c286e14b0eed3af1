package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestedDatabase.class)
public class GroupCommitLogTest {
    @Parameter
    TestedDatabase database;

    private static final RoomName GARDEN = new RoomName("garden");

    @TempDir
    Path folder;

    private GroupCommitLog open() {
        return database.openLog(folder.resolve("data"));
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
    void theSameIdOfTheSameUserInTheSameRoomIsOneEntryEvenAfterARestart() {
        Entry first;
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            first = speaker.says(ANN, "1", "hi");
            assertThat(speaker.says(ANN, "1", "hi again")).isEqualTo(first);
            assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(false, true);
            assertThat(speaker.added).containsExactly(first);
            assertThat(speaker.says(ANN, "2", "next").seq()).isEqualTo(2);
        }
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            User renamed = new User(ANN.key(), new UserName("annie"));
            assertThat(speaker.says(renamed, "1", "hi")).isEqualTo(first);
            assertThat(speaker.says(ANN, "3", "more").seq()).isEqualTo(3);
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
    void whatWasSaidIsReadBackAsItWas() {
        byte[] bytes = {0, 1, -1, 7};
        Body.Attachment picture = new Body.Attachment("image/png", "b\u00ebe \ud83d\udc1d.png", ByteBuffer.wrap(bytes));
        Body.Attachment nameless = new Body.Attachment("x/y", null, ByteBuffer.allocate(0));
        List<Entry> said = new ArrayList<>();
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            said.add(get(speaker.say(LOBBY, ANN, "p", picture)));
            said.add(get(speaker.say(LOBBY, ANN, "n", nameless)));
            said.add(speaker.says(BOB, null, "\ud83d\udc1d \u65e5\u672c 'quoted' \n"));
            assertThat(get(speaker.say(LOBBY, ANN, "p", nameless))).isEqualTo(said.get(0));
        }
        try (GroupCommitLog log = open()) {
            assertThat(all(log, LOBBY)).isEqualTo(said);
            assertThat(said).allSatisfy(e -> assertThat(e.at()).isEqualTo(e.at().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    @Test
    void theEpochIsMadeOnceForEachLog() {
        String epoch;
        try (GroupCommitLog log = open()) {
            epoch = log.epoch();
        }
        try (GroupCommitLog again = open();
                GroupCommitLog other = database.openLog(folder.resolve("other"))) {
            assertThat(again.epoch()).isEqualTo(epoch).hasSizeGreaterThanOrEqualTo(16);
            assertThat(other.epoch()).isNotEqualTo(epoch);
        }
    }

    @Test
    void timeStandsStillWhereTheClockStepsBackALittle() throws Exception {
        long ahead = System.currentTimeMillis() + 30_000;
        lastSaidAt(ahead);
        try (GroupCommitLog log = open()) {
            assertThat(Speaker.into(log).says(ANN, null, "later").at().toEpochMilli())
                    .isEqualTo(ahead);
        }
    }

    @Test
    void aClockThatWasOnceYearsAheadDatesNoLaterEntry() throws Exception {
        long before = System.currentTimeMillis();
        lastSaidAt(before + Duration.ofDays(3_650).toMillis());
        // Twice: what the first start wrote holds for the second.
        for (int i = 0; i < 2; i++) {
            try (GroupCommitLog log = open()) {
                Speaker speaker = Speaker.into(log);
                assertThat(List.of(speaker.says(ANN, null, "a"), speaker.says(ANN, null, "b")))
                        .extracting(entry -> entry.at().toEpochMilli())
                        .isSorted()
                        .allSatisfy(at -> assertThat(at).isBetween(before, System.currentTimeMillis()));
            }
        }
        try (GroupCommitLog log = open()) {
            assertThat(all(log, LOBBY)).extracting(Entry::seq).containsExactlyElementsOf(numbers(5));
        }
    }

    /** Leaves a log whose newest entry has this time, as a wrong clock writes it. */
    private void lastSaidAt(long time) throws Exception {
        try (GroupCommitLog log = open()) {
            Speaker.into(log).says(ANN, null, "now");
        }
        database.setTime(folder.resolve("data"), time);
    }

    public static void assertUnavailable(Runnable act) {
        ParleyException refused = catchThrowableOfType(ParleyException.class, act::run);
        assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    /** 1, 2, 3 … */
    public static List<Long> numbers(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** All that a room's log has, page by page. */
    public static List<Entry> all(MessageLog log, RoomName room) {
        List<Entry> entries = new ArrayList<>();
        Page page;
        do {
            long last = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
            page = get(log.read(room, new Range.After(last, 1_000)));
            entries.addAll(page.entries());
        } while (page.more());
        return entries;
    }
}

package dev.parley.log.durable;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.LogAssertions.assertUnavailable;
import static dev.parley.log.durable.LogAssertions.numbers;
import static dev.parley.log.durable.LogAssertions.unwrap;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Range;
import dev.parley.log.StandingListener;
import dev.parley.log.User;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log that is kept on a disk promises beyond its end, and what a database on a disk can reject. */
abstract class KeptEntriesContract {
    private final DurableDatabaseContract database;

    @TempDir
    Path folder;

    KeptEntriesContract(DurableDatabaseContract database) {
        this.database = database;
    }

    private GroupCommitLog open() {
        return database.openLog(folder.resolve("data"));
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
    void whatWasSaidIsReadBackAsItWasAfterARestart() {
        List<Entry> said;
        try (GroupCommitLog log = open()) {
            said = EntriesContract.saysAllKinds(Speaker.into(log));
        }
        try (GroupCommitLog log = open()) {
            assertThat(all(log, LOBBY)).isEqualTo(said);
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
    void theKeyOfSessionsIsMadeOnceForEachLog() {
        byte[] key;
        try (Database one = database.open(folder.resolve("data"), Executors.defaultThreadFactory())) {
            key = one.sessionKey();
        }
        try (Database again = database.open(folder.resolve("data"), Executors.defaultThreadFactory())) {
            assertThat(again.sessionKey()).isEqualTo(key);
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

    @Test
    void aMarkIsSeenAtOnceAndOnlyGrowsAlsoOverARestart() {
        try (GroupCommitLog log = open()) {
            Speaker.into(log).says(ANN, null, "x");
            log.mark(LOBBY, ANN, 5);
            log.mark(LOBBY, ANN, 3);
            log.mark(LOBBY, BOB, 1);
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.key(), 5L, BOB.key(), 1L));
        }
        try (GroupCommitLog log = open()) {
            log.mark(LOBBY, ANN, 4);
            log.mark(LOBBY, BOB, 2);
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.key(), 5L, BOB.key(), 2L));
            assertThat(get(log.marks(new RoomName("garden")))).isEmpty();
        }
        try (GroupCommitLog log = open()) {
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.key(), 5L, BOB.key(), 2L));
        }
    }

    @Test
    void aReservedNameIsReadAtTheNextStart() {
        try (GroupCommitLog log = open()) {
            log.reserve(ANN);
        }
        List<UserName> names = new ArrayList<>();
        ThreadFactory threads = Executors.defaultThreadFactory();
        Database opened = database.open(folder.resolve("data"), threads);
        GroupCommitLog.open(opened, threads, Retention.FOREVER, deleted -> {}, names::add, StandingListener.NONE)
                .close();
        assertThat(names).containsExactly(ANN.name());
    }

    @Test
    void aMarkWhereNothingWasSaidIsForgotten() {
        RoomName nowhere = new RoomName("nowhere");
        try (GroupCommitLog log = open()) {
            log.mark(nowhere, ANN, 1);
        }
        try (GroupCommitLog log = open()) {
            assertThat(get(log.marks(nowhere))).isEmpty();
        }
    }

    @Test
    void aDraftThatCannotBeStoredTakesNoOtherAlong() throws Exception {
        open().close();
        database.refuseOddIds(folder.resolve("data"));
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            List<CompletableFuture<Entry>> good = new ArrayList<>();
            List<CompletableFuture<Entry>> odd = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                good.add(speaker.say(LOBBY, ANN, "good" + i, "x"));
                odd.add(speaker.say(LOBBY, ANN, "odd" + i, "x"));
            }
            assertThat(good.stream().map(said -> get(said).seq())).containsExactlyElementsOf(numbers(100));
            odd.forEach(said -> assertUnavailable(() -> unwrap(said)));
            assertThat(all(log, LOBBY)).hasSize(100);
        }
    }

    @Test
    void interruptsLoseNothing() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Thread.currentThread().interrupt();
        try (GroupCommitLog log = database.openLog(folder, task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        })) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(threads).hasSize(4 + database.ownThreads()).allMatch(Thread::isDaemon);
            AtomicBoolean done = new AtomicBoolean();
            Thread interrupter = new Thread(() -> {
                while (!done.get()) {
                    threads.forEach(Thread::interrupt);
                    Thread.yield();
                }
            });
            interrupter.start();
            Speaker speaker = Speaker.into(log);
            for (int i = 1; i <= 300; i++) {
                assertThat(speaker.says(ANN, null, "x").seq()).isEqualTo(i);
                assertThat(get(log.read(LOBBY, new Range.Newest(1))).last()).isEqualTo(i);
            }
            done.set(true);
            interrupter.join();
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        // The writer's last act is to say that it has ended.
        await().untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
        try (GroupCommitLog log = database.openLog(folder)) {
            assertThat(all(log, LOBBY)).extracting(Entry::seq).containsExactlyElementsOf(numbers(300));
        }
    }

    /** A listener that holds up the writer stands for a disk that does. */
    @Test
    void aWriterThatIsStuckKeepsTheDatabaseUntilItComesBack() {
        GroupCommitLog log = open();
        Speaker speaker = Speaker.holding(log);
        CompletableFuture<Entry> late = speaker.say(LOBBY, ANN, null, "too late");
        log.close();
        assertUnavailable(() -> open().close());
        assertThat(late).isNotDone();
        speaker.release();
        assertUnavailable(() -> unwrap(late));
        await().ignoreExceptionsMatching(e -> e instanceof ParleyException).untilAsserted(() -> {
            try (GroupCommitLog again = open()) {
                assertThat(all(again, LOBBY)).hasSize(1);
            }
        });
    }
}

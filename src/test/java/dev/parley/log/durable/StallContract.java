package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.log.ModerationRequest;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.StandingsChange;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the log does while its database doesn't answer: the real one, behind a line on which calls can be held up. */
@Timeout(120)
abstract class StallContract {
    private final DatabaseContract database;

    StallContract(DatabaseContract database) {
        this.database = database;
    }

    private static final Range ALL = new Range.Newest(200);

    private final AtomicInteger stuck = new AtomicInteger();
    private final CountDownLatch thaw = new CountDownLatch(1);
    /** Which method of an appender or a reader doesn't return. */
    private volatile String frozen = "none";
    /** How many calls may be held up. */
    private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);

    private GroupCommitLog log;
    private Speaker speaker;

    @BeforeEach
    void open(@TempDir Path folder) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        log = GroupCommitLog.open(new DatabaseOnLine(database.open(folder, threads), this::carry), threads);
        speaker = Speaker.into(log);
        speaker.says(ANN, "1", "before");
    }

    @AfterEach
    void close() {
        thaw.countDown();
        log.close();
    }

    @Test
    void whoSpeaksWhileACommitHangsIsRefusedAndWhatWasQueuedBeforeIsSaidWhenItEnds() {
        frozen = "commit";
        CompletableFuture<Entry> hanging = speaker.say(LOBBY, ANN, "2", "hanging");
        await().until(() -> stuck.get() == 1);
        CompletableFuture<Entry> queued = speaker.say(LOBBY, ANN, "3", "queued");
        List<CompletableFuture<Entry>> alsoQueued = new ArrayList<>();
        await().untilAsserted(() -> assertUnavailable(() -> alsoQueued.add(speaker.say(LOBBY, ANN, null, "refused"))));
        assertThat(hanging).isNotDone();
        assertThat(queued).isNotDone();
        assertThat(get(log.read(LOBBY, ALL)).entries()).hasSize(1);

        thaw();
        assertThat(get(hanging).seq()).isEqualTo(2);
        assertThat(get(queued).seq()).isEqualTo(3);
        alsoQueued.forEach(Speaker::get);
        assertThat(speaker.says(ANN, "4", "after").seq()).isEqualTo(4 + alsoQueued.size());
    }

    @Test
    void readsThatHangEndAndSoDoThoseThatWaitForThem() {
        frozen = "page";
        List<CompletionStage<Page>> reads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reads.add(log.read(LOBBY, ALL));
        }
        reads.forEach(read -> assertUnavailable(() -> LogAssertions.unwrap(read)));
        assertThat(stuck).as("threads that hang").hasValue(2);
        CompletableFuture<Page> refused = log.read(LOBBY, ALL).toCompletableFuture();
        assertThat(refused).as("a read while all hang").isDone();
        assertUnavailable(() -> LogAssertions.unwrap(refused));

        thaw();
        await().untilAsserted(
                        () -> assertThat(get(log.read(LOBBY, ALL)).entries()).hasSize(1));
    }

    @Test
    void aReadThatHangsLeavesOthersTheirTurn() {
        most.set(1);
        frozen = "page";
        CompletionStage<Page> hanging = log.read(LOBBY, ALL);
        await().until(() -> stuck.get() == 1);
        for (int i = 0; i < 10; i++) {
            assertThat(get(log.read(LOBBY, ALL)).entries()).hasSize(1);
        }
        assertUnavailable(() -> LogAssertions.unwrap(hanging));
        assertThat(get(log.read(LOBBY, ALL)).entries()).hasSize(1);
    }

    @Test
    void aBanThatHangsIsInEffectWhenItEndsAndOthersAreRefusedMeanwhile() {
        frozen = "commit";
        CompletionStage<StandingsChange> hanging = log.moderate(ban("mallory"));
        await().until(() -> stuck.get() == 1);
        List<CompletionStage<StandingsChange>> queued = new ArrayList<>();
        await().untilAsserted(() -> {
            CompletionStage<StandingsChange> next = log.moderate(ban("eve"));
            boolean isRefused = next.toCompletableFuture().isCompletedExceptionally();
            if (!isRefused) {
                queued.add(next);
            }
            assertThat(isRefused).isTrue();
        });
        assertThat(hanging.toCompletableFuture()).isNotDone();
        assertThat(get(log.standings(LOBBY)).byKey()).isEmpty();

        thaw();
        get(hanging);
        queued.forEach(Speaker::get);
        assertThat(get(log.standings(LOBBY)).byKey()).containsKey("user:mallory");
    }

    private static ModerationRequest ban(String user) {
        return new ModerationRequest(
                ANN, LOBBY, ModerationAction.BAN, Speaker.user(user).id(), null, List.of(), null, null, null);
    }

    private void thaw() {
        frozen = "none";
        thaw.countDown();
    }

    private static void assertUnavailable(Runnable doing) {
        assertThatThrownBy(doing::run)
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("the disk does not answer");
    }

    private <T> T carry(String name, DatabaseOnLine.Call<T> call) throws SQLException {
        if (name.equals(frozen) && most.getAndDecrement() > 0) {
            stuck.incrementAndGet();
            try {
                thaw.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return call.run();
    }
}

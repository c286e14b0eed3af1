package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.BOB;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log does when its database fails: the real one, behind a line that can be cut around a commit. */
abstract class FaultContract {
    private final DatabaseContract database;

    FaultContract(DatabaseContract database) {
        this.database = database;
    }

    private enum Fault {
        NONE,
        COMMITTED_BUT_NOT_ANSWERED,
        NOT_COMMITTED,
        NO_CONNECTION
    }

    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    /** What follows on a fault around a commit. */
    private volatile Fault next = Fault.NONE;

    private final AtomicInteger connections = new AtomicInteger();
    /** What another process does before this one is connected again. */
    private volatile List<Draft> ofAnother = List.of();

    private Database real;
    private GroupCommitLog log;
    private Speaker speaker;

    @BeforeEach
    void open(@TempDir Path folder) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        real = database.open(folder, threads);
        log = GroupCommitLog.open(new DatabaseOnLine(real, this::carry), threads);
        speaker = Speaker.into(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundAndToldOnce() {
        speaker.says(ANN, "1", "before");
        fault.set(Fault.COMMITTED_BUT_NOT_ANSWERED);
        Entry said = speaker.says(ANN, "2", "in doubt");
        assertThat(said.seq()).isEqualTo(2);
        assertThat(speaker.says(ANN, "2", "in doubt")).isEqualTo(said);
        assertThat(speaker.says(BOB, "3", "after").seq()).isEqualTo(3);
        assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(false, false, true, false);
    }

    /** A sender without an id of its own can't be told apart by the database, but for the id that Parley made. */
    @Test
    void ofDraftsWithoutAnIdOfTheirOwnEachIsFoundTooAndNoneTwice() {
        speaker.says(ANN, null, "same");
        fault.set(Fault.COMMITTED_BUT_NOT_ANSWERED);
        assertThat(speaker.says(ANN, null, "same").seq()).isEqualTo(2);
        fault.set(Fault.NOT_COMMITTED);
        LogAssertions.assertUnavailable(() -> LogAssertions.unwrap(speaker.say(LOBBY, ANN, null, "same")));
        assertThat(speaker.says(ANN, null, "same").seq()).isEqualTo(3);
        assertThat(speaker.heard).noneMatch(Appended::repeated).hasSize(3);
        assertThat(LogAssertions.all(log, LOBBY)).hasSize(3).allMatch(entry -> entry.id() == null);
    }

    /** What was stored before, was not in the commit that failed. */
    @Test
    void aRepeatedDraftIsAnsweredAlthoughItsCommitFailed() {
        Entry first = speaker.says(ANN, "1", "before");
        fault.set(Fault.NOT_COMMITTED);
        assertThat(speaker.says(ANN, "1", "before")).isEqualTo(first);
        assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(false, true);
        assertThat(speaker.added).containsExactly(first);
    }

    /** The sender was on another node by then, and said it there again. */
    @Test
    void aDraftThatAnotherProcessStoredIsAnsweredWithThatEntry() {
        speaker.says(ANN, "1", "before");
        ofAnother = List.of(draft(BOB, "b"), draft(ANN, "2"));
        fault.set(Fault.NOT_COMMITTED);
        Entry said = speaker.says(ANN, "2", "in doubt");
        assertThat(said.seq()).isEqualTo(3);
        assertThat(speaker.heard).extracting(Appended::repeated).containsExactly(false, true);
        assertThat(speaker.added).extracting(Entry::seq).containsExactly(1L);
        assertThat(speaker.says(ANN, "3", "after").seq()).isEqualTo(4);
    }

    private static Draft draft(User from, String id) {
        return new Draft(LOBBY, from, DraftId.of(id), new Body.Text("elsewhere"), Speaker.UNHEARD);
    }

    @Test
    void marksOfACommitThatFailedAreWrittenWithALaterOne() throws SQLException {
        speaker.says(ANN, "1", "before");
        log.mark(LOBBY, ANN, 1);
        fault.set(Fault.NOT_COMMITTED);
        speaker.says(ANN, "1", "before");
        speaker.says(ANN, "2", "after");
        try (Reader reader = real.reader()) {
            assertThat(reader.marks(LOBBY)).isEqualTo(Map.of(ANN.key(), 1L));
        }
    }

    @Test
    void aCommitThatFailedIsRefusedAndLeavesNoTrace() {
        speaker.says(ANN, "1", "before");
        fault.set(Fault.NOT_COMMITTED);
        LogAssertions.assertUnavailable(() -> LogAssertions.unwrap(speaker.say(LOBBY, ANN, "2", "lost")));
        assertThat(speaker.says(ANN, "2", "again").seq()).isEqualTo(2);
        assertThat(speaker.heard).noneMatch(Appended::repeated);
        assertThat(LogAssertions.all(log, LOBBY)).extracting(Entry::id).containsExactly("1", "2");
    }

    @Test
    void aDoubtfulCommitIsAnsweredOnlyWhenTheDatabaseCanBeAsked() {
        speaker.says(ANN, "1", "before");
        fault.set(Fault.COMMITTED_BUT_NOT_ANSWERED);
        next = Fault.NO_CONNECTION;
        CompletableFuture<Entry> said = speaker.say(LOBBY, ANN, "2", "in doubt");
        int before = connections.get();
        await().until(() -> connections.get() >= before + 2);
        assertThat(said).isNotDone();
        fault.set(Fault.NONE);
        assertThat(get(said).seq()).isEqualTo(2);
    }

    @Test
    void aDatabaseThatIsGoneIsLeftAloneWhileNobodySpeaks() {
        speaker.says(ANN, "1", "before");
        fault.set(Fault.NOT_COMMITTED);
        LogAssertions.assertUnavailable(() -> LogAssertions.unwrap(speaker.say(LOBBY, ANN, "2", "lost")));
        fault.set(Fault.NO_CONNECTION);
        LogAssertions.assertUnavailable(() -> LogAssertions.unwrap(speaker.say(LOBBY, ANN, "3", "lost")));
        log.mark(LOBBY, ANN, 1);
        int tried = connections.get();
        // Longer than marks wait for company.
        await().during(Duration.ofMillis(1_500)).until(() -> connections.get() == tried);
        fault.set(Fault.NONE);
        assertThat(speaker.says(ANN, "4", "after").seq()).isEqualTo(2);
        assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.key(), 1L));
    }

    private void storeOfAnother() throws SQLException {
        List<Draft> drafts = ofAnother;
        ofAnother = List.of();
        if (!drafts.isEmpty()) {
            try (Appender another = real.appender()) {
                another.append(drafts);
                another.commit();
            }
        }
    }

    private <T> T carry(String name, DatabaseOnLine.Call<T> call) throws SQLException {
        if (name.equals("appender") || name.equals("reader")) {
            connections.incrementAndGet();
            if (fault.get() == Fault.NO_CONNECTION) {
                throw new SQLException("no connection, on purpose");
            }
            storeOfAnother();
        }
        Fault now = name.equals("commit") ? fault.getAndSet(next) : Fault.NONE;
        if (now == Fault.NOT_COMMITTED) {
            throw new SQLException("not committed, on purpose");
        }
        T answer = call.run();
        if (now == Fault.COMMITTED_BUT_NOT_ANSWERED) {
            throw new SQLException("answer lost, on purpose");
        }
        return answer;
    }
}

package dev.parley.log.sqlite;

import static dev.parley.log.sqlite.Speaker.ANN;
import static dev.parley.log.sqlite.Speaker.BOB;
import static dev.parley.log.sqlite.Speaker.LOBBY;
import static dev.parley.log.sqlite.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.message.Entry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log does when its database fails: the real one, behind a line that can be cut around a commit. */
class FaultTest {
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
    private Path file;
    private GroupCommitLog log;
    private Speaker speaker;

    @BeforeEach
    void open(@TempDir Path folder) {
        DataFolder claimed = DataFolder.claim(folder);
        file = claimed.database();
        log = GroupCommitLog.open(claimed, failing(new Sqlite(file)), Executors.defaultThreadFactory());
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

    @Test
    void aCommitThatFailedIsRefusedAndLeavesNoTrace() {
        speaker.says(ANN, "1", "before");
        fault.set(Fault.NOT_COMMITTED);
        GroupCommitLogTest.assertUnavailable(() -> PagesTest.unwrap(speaker.say(LOBBY, ANN, "2", "lost")));
        assertThat(speaker.says(ANN, "2", "again").seq()).isEqualTo(2);
        assertThat(speaker.heard).noneMatch(Appended::repeated);
        assertThat(GroupCommitLogTest.all(log, LOBBY)).extracting(Entry::id).containsExactly("1", "2");
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
        GroupCommitLogTest.assertUnavailable(() -> PagesTest.unwrap(speaker.say(LOBBY, ANN, "2", "lost")));
        fault.set(Fault.NO_CONNECTION);
        GroupCommitLogTest.assertUnavailable(() -> PagesTest.unwrap(speaker.say(LOBBY, ANN, "3", "lost")));
        log.mark(LOBBY, ANN.name(), 1);
        int tried = connections.get();
        // Longer than marks wait for company.
        await().during(Duration.ofMillis(1_500)).until(() -> connections.get() == tried);
        fault.set(Fault.NONE);
        assertThat(speaker.says(ANN, "4", "after").seq()).isEqualTo(2);
        assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of(ANN.name(), 1L));
    }

    @Test
    void aDraftThatCannotBeStoredTakesNoOtherAlong() throws Exception {
        log.close();
        try (Connection connection = new Sqlite(file).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create trigger odd before insert on entry when new.client_id like 'odd%' begin"
                    + " select raise(abort, 'odd'); end");
            connection.commit();
        }
        open(file.getParent());
        List<CompletableFuture<Entry>> good = new ArrayList<>();
        List<CompletableFuture<Entry>> odd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            good.add(speaker.say(LOBBY, ANN, "good" + i, "x"));
            odd.add(speaker.say(LOBBY, ANN, "odd" + i, "x"));
        }
        assertThat(good.stream().map(said -> get(said).seq()))
                .containsExactlyElementsOf(GroupCommitLogTest.numbers(100));
        odd.forEach(said -> GroupCommitLogTest.assertUnavailable(() -> PagesTest.unwrap(said)));
        assertThat(GroupCommitLogTest.all(log, LOBBY)).hasSize(100);
    }

    private DataSource failing(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    connections.incrementAndGet();
                    if (fault.get() == Fault.NO_CONNECTION) {
                        throw new SQLException("no connection, on purpose");
                    }
                    return failing(real.getConnection());
                });
    }

    private Connection failing(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    Fault now = method.getName().equals("commit") ? fault.getAndSet(next) : Fault.NONE;
                    if (now == Fault.NOT_COMMITTED) {
                        throw new SQLException("not committed, on purpose");
                    }
                    Object result;
                    try {
                        result = method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (now == Fault.COMMITTED_BUT_NOT_ANSWERED) {
                        throw new SQLException("answer lost, on purpose");
                    }
                    return result;
                });
    }
}

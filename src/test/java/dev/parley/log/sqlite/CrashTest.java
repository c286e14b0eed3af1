package dev.parley.log.sqlite;

import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.log.ErasureScope;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.LogAssertions;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log promises when its process is killed, or its disk is full: with a real process, and a real limit. */
class CrashTest {
    private static final List<String> ROOMS = List.of("lobby", "garden", "attic");
    private static final String FIFTY = "*: 50 entries";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedEntrySurvivesKillNine() throws Exception {
        List<String> said = new ArrayList<>();
        for (int round = 1; round <= 5; round++) {
            try (LogProcess process = new LogProcess(folder)) {
                int enough = 300 * round;
                await().atMost(PATIENCE).until(() -> process.lines("said").size() >= enough);
                process.kill();
                said.addAll(process.lines("said"));
                assertThat(process.lines("refused")).isEmpty();
            }
            assertHolds(said);
        }
    }

    @Test
    void aKillInTheMiddleOfASweepLosesNothingThatIsKept() throws Exception {
        List<String> said = new ArrayList<>();
        for (int round = 1; round <= 8; round++) {
            // A sweep begins at the start: each second time the process is killed then, and it has much to delete.
            int enough = round % 2 == 0 ? round : 3_000;
            try (LogProcess process = new LogProcess(folder, round % 2 == 0 ? FIFTY : "")) {
                await().atMost(PATIENCE).until(() -> process.lines("said").size() >= enough);
                process.kill();
                said.addAll(process.lines("said"));
            }
            assertHoldsTheNewest(said);
        }
        try (GroupCommitLog log = SqliteLog.open(folder, Retention.parse(FIFTY))) {
            await().until(() -> ROOMS.stream()
                    .allMatch(room -> LogAssertions.all(log, new RoomName(room)).size() == 50));
        }
        assertHoldsTheNewest(said);
    }

    @Test
    void aKillInTheMiddleOfAnErasureLeavesItToTheNextStart() throws Exception {
        List<String> said = new ArrayList<>();
        for (int round = 1; round <= 4; round++) {
            boolean erases = round % 2 == 0;
            try (LogProcess process = new LogProcess(folder, erases ? LogProcess.ERASE : "")) {
                int erasures = round / 2;
                await().atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> erases
                                ? count("author where key like 'erased:%'") == erasures
                                : process.lines("said").size() >= 3_000);
                process.kill();
                if (!erases) {
                    said.addAll(process.lines("said"));
                }
            }
        }
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log);
            // The log does one after the other.
            get(log.eraseAll(new ErasureScope.OfRoom(new RoomName(ROOMS.get(0)))));
            for (String room : ROOMS) {
                List<Entry> entries = LogAssertions.all(log, new RoomName(room));
                assertThat(entries).extracting(Entry::seq).isEqualTo(LogAssertions.numbers(entries.size()));
                assertThat(entries.stream()
                                .filter(entry -> said.contains("said " + room + " " + entry.seq() + " " + entry.id())))
                        .hasSize((int) said.stream()
                                .filter(line -> line.startsWith("said " + room + " "))
                                .count())
                        .allMatch(Entry::erased);
            }
        }
        assertThat(count("entry join author on author.id = entry.author"
                        + " where key like 'erased:%' and (text is not null or media is not null or sender <> '-')"))
                .isZero();
    }

    /** How many rows there are. A process may be writing. */
    private long count(String rows) throws SQLException {
        try (Connection connection = new Sqlite(folder.resolve("parley.db")).getConnection();
                Statement query = connection.createStatement();
                ResultSet found = query.executeQuery("select count(*) from " + rows)) {
            return found.getLong(1);
        }
    }

    /** Each entry said from the oldest one that is kept is in its place, the numbers go on, and enough are there. */
    private void assertHoldsTheNewest(List<String> said) {
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            for (String room : ROOMS) {
                List<Entry> entries = LogAssertions.all(log, new RoomName(room));
                assertThat(entries).hasSizeGreaterThanOrEqualTo(50);
                long first = entries.get(0).seq();
                List<String> found = new ArrayList<>();
                for (Entry entry : entries) {
                    assertThat(entry.seq()).isEqualTo(first + found.size());
                    found.add("said " + room + " " + entry.seq() + " " + entry.id());
                    if (entry.body() instanceof Body.Attachment attachment) {
                        assertThat(attachment.content().remaining()).isEqualTo(300 * 36);
                    }
                }
                assertThat(found)
                        .containsAll(said.stream()
                                .filter(line -> line.startsWith("said " + room + " "))
                                .filter(line -> Long.parseLong(line.split(" ")[2]) >= first)
                                .toList());
            }
        }
    }

    @Test
    void aFullDiskRefusesSendersStoresNothingHalfAndIsGotOver() throws Exception {
        boolean present = Files.isExecutable(Path.of("/usr/bin/prlimit"));
        if (!present && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("prlimit of util-linux is missing: the full disk can't be tested");
        }
        assumeTrue(present, "NOT TESTED: a full disk, for lack of prlimit of util-linux");
        List<String> said = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (LogProcess process = new LogProcess(folder)) {
            for (int round = 1; round <= 3; round++) {
                int before = process.lines("said").size();
                await().atMost(PATIENCE).until(() -> process.lines("said").size() >= before + 100);
                // Somewhere in the middle of a write: the limit is no multiple of a page.
                limit(process, Files.size(folder.resolve("parley.db-wal")) + 10_000 * round + 123);
                int failed = process.lines("refused").size();
                await().atMost(PATIENCE).until(() -> process.lines("refused").size() >= failed + 100);
                limit(process, -1);
                int stuck = process.lines("said").size();
                await().atMost(PATIENCE).until(() -> process.lines("said").size() >= stuck + 100);
            }
            process.kill();
            said.addAll(process.lines("said"));
            refused.addAll(process.lines("refused"));
        }
        Set<String> stored = assertHolds(said);
        assertThat(refused.stream().map(line -> line.substring("refused ".length())))
                .hasSizeGreaterThanOrEqualTo(300)
                .doesNotContainAnyElementsOf(stored);
    }

    private static void limit(LogProcess process, long bytes) throws IOException, InterruptedException {
        String limit = bytes < 0 ? "unlimited" : String.valueOf(bytes);
        Process prlimit = new ProcessBuilder("prlimit", "--pid", "" + process.pid(), "--fsize=" + limit + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).as("prlimit").isZero();
    }

    /** Opens the log that the process left: each entry said is in its place, once, and no number is missing. */
    private Set<String> assertHolds(List<String> said) {
        Set<String> ids = new HashSet<>();
        Set<String> found = new HashSet<>();
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            for (String room : ROOMS) {
                List<Entry> entries = LogAssertions.all(log, new RoomName(room));
                assertThat(entries)
                        .extracting(Entry::seq)
                        .containsExactlyElementsOf(LogAssertions.numbers(entries.size()));
                for (Entry entry : entries) {
                    assertThat(ids.add(entry.id())).as("stored once").isTrue();
                    found.add("said " + room + " " + entry.seq() + " " + entry.id());
                    if (entry.body() instanceof Body.Attachment attachment) {
                        assertThat(attachment.content().remaining()).isEqualTo(300 * 36);
                    }
                }
            }
        }
        assertThat(found).containsAll(said);
        return ids;
    }
}

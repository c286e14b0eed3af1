package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application is killed again and again (SIGKILL) while it commits transactions. In the end, its room has what the committed
 * transactions have stored in the database, each once and in its order, and nothing else.
 *
 * <p>This one has H2 inside the killed process. There, H2 keeps transactions whole whose commit or rollback has returned. It does
 * not do this for the few that the kill cuts off: {@code MVStore} writes the tables to its file one after another, while other
 * transactions change them, and shows a commit to other connections before it is in the file (h2database/h2database#2080, seen with
 * 2.3.232 and 2.4.240). So the row of the application or the row of the message may be there alone, or a message may be in the room
 * whose transaction is gone. An id of {@code parley_outbox} may be given again after the kill, while its row still waits: then a
 * transaction is rolled back. The subclasses have databases that the kill does not touch, and assert all.
 *
 * <p>{@code -Doutbox.kills=500} is the long form, which takes a quarter of an hour.
 */
@Timeout(3600)
class OutboxKillTest {
    private static final int KILLS = Integer.getInteger("outbox.kills", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** What the application gets after its folder; nothing for H2 in the folder. */
    List<String> url() throws Exception {
        return List.of();
    }

    @Test
    void whatWasCommittedIsToldOnceHoweverOftenTheApplicationIsKilled() throws Exception {
        List<String> url = url();
        DataSource database = KilledShop.database(folder, url);
        int waiting = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            kill(kill, url);
            waiting += rows(database, "select count(*) from parley_outbox").equals(List.of("0")) ? 0 : 1;
        }
        try (Shop shop = Shop.withTable(folder, database, failure -> {})) {
            await().atMost(PATIENCE)
                    .until(() -> rows(database, "select id from parley_outbox").isEmpty());
            List<String> stored = rows(database, "select text from purchase");
            List<String> told = shop.texts();
            System.getLogger(OutboxKillTest.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "{0} kills, {1} of them with messages that waited; {2} messages; {3} only told, {4} only stored",
                            KILLS,
                            waiting,
                            told.size(),
                            told.stream().filter(text -> !stored.contains(text)).count(),
                            stored.stream().filter(text -> !told.contains(text)).count());
            EndedTransactions ended = EndedTransactions.read(folder);
            // First, because a commit that has returned is more than one that the database has after its crash.
            assertThat(told).isNotEmpty().doesNotHaveDuplicates().containsAll(ended.committed());
            assertInOrder(told);
            if (url.isEmpty()) {
                assertThat(stored).doesNotHaveDuplicates().containsAll(ended.committed());
                assertThat(told).allMatch(text -> ended.committed().contains(text) || ended.isCutOff(text));
                assertThat(stored).allMatch(text -> ended.committed().contains(text) || ended.isCutOff(text));
            } else {
                assertThat(told).containsExactlyInAnyOrderElementsOf(stored);
                assertThat(told).noneMatch(text -> text.endsWith(EndedTransactions.ROLLED_BACK));
            }
        }
    }

    private static void assertInOrder(List<String> told) {
        Map<String, Integer> last = new HashMap<>();
        for (String text : told) {
            EndedTransactions.Name transaction = EndedTransactions.Name.parse(text);
            Integer before = last.put(transaction.thread(), transaction.number());
            assertThat(before == null || before < transaction.number()).as(text).isTrue();
        }
    }

    private void kill(int number, List<String> url) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Most of the time it starts.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KilledShop.class.getName(),
                folder.toString(),
                String.valueOf(number)));
        command.addAll(url);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            assertThat(out.readLine())
                    .as(Files.readString(folder.resolve("err")))
                    .isEqualTo("ended");
            int more = ThreadLocalRandom.current().nextInt(200);
            assertThat(process.waitFor(more, TimeUnit.MILLISECONDS))
                    .as(Files.readString(folder.resolve("err")))
                    .isFalse();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private static List<String> rows(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }
}

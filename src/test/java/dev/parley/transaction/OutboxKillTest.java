package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * <p>{@code -Doutbox.kills=500} is the long form, which takes a quarter of an hour.
 */
@Timeout(3600)
class OutboxKillTest {
    private static final int KILLS = Integer.getInteger("outbox.kills", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The file with the texts of all commits that have returned. */
    private static final String ACKNOWLEDGED = "acknowledged";
    /** Each of them has a third of its transactions rolled back. */
    private static final int THREADS = 2;

    @TempDir
    Path folder;

    /** What the application gets after its folder; nothing for H2 in the folder. */
    List<String> url() throws Exception {
        return List.of();
    }

    private static JtaDataSource database(Path folder, List<String> url) {
        return url.isEmpty() ? JtaDataSource.h2(folder) : JtaDataSource.postgres(url.get(0));
    }

    @Test
    void whatWasCommittedIsToldOnceHoweverOftenTheApplicationIsKilled() throws Exception {
        List<String> url = url();
        DataSource database = database(folder, url);
        int waiting = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            kill(url);
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
                            "{0} kills, {1} of them with messages that waited; {2} messages",
                            KILLS,
                            waiting,
                            told.size());
            // First, because a commit that has returned is more than one that the database has after its crash.
            assertThat(told).containsAll(Files.readAllLines(folder.resolve(ACKNOWLEDGED)));
            assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(stored);
            assertThat(told).noneMatch(text -> text.endsWith("rolled back"));
            assertInOrder(told);
        }
    }

    /** Each text begins with the process, the thread and the number of the transaction. */
    private static void assertInOrder(List<String> told) {
        Map<String, Integer> last = new HashMap<>();
        for (String text : told) {
            String[] part = text.split(" ");
            int number = Integer.parseInt(part[2]);
            Integer before = last.put(part[0] + " " + part[1], number);
            assertThat(before == null || before < number).as(text).isTrue();
        }
    }

    private void kill(List<String> url) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Most of the time it starts.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                OutboxKillTest.class.getName(),
                folder.toString()));
        command.addAll(url);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            assertThat(out.readLine())
                    .as(Files.readString(folder.resolve("err")))
                    .isEqualTo("committed");
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

    /** The application that is killed. It prints a line after its first commit. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        DataSource database = database(folder, List.of(arguments).subList(1, arguments.length));
        Shop shop = Shop.withTable(folder, database, Throwable::printStackTrace);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists purchase (text varchar(100))");
        }
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = ProcessHandle.current().pid() + " " + thread + " ";
            new Thread(() -> buy(folder, shop, database, prefix)).start();
        }
    }

    private static void buy(Path folder, Shop shop, DataSource database, String prefix) {
        for (int number = 0; ; number++) {
            String text = prefix + number;
            boolean commits = number % 3 != 2;
            try {
                Shop.inTransaction(() -> {
                    String all = commits ? text : text + " rolled back";
                    store(database, all);
                    shop.send(all);
                    if (!commits) {
                        throw new IllegalStateException("rolled back");
                    }
                });
                Files.writeString(
                        folder.resolve(ACKNOWLEDGED),
                        text + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (Exception e) {
                if (commits) {
                    e.printStackTrace();
                    Runtime.getRuntime().halt(1);
                }
            }
            if (number == 0) {
                System.out.println("committed");
            }
        }
    }

    private static void store(DataSource database, String text) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into purchase values ('" + text + "')");
        }
    }
}

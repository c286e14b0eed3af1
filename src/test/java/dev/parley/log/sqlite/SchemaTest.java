package dev.parley.log.sqlite;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.log.StandingListener;
import dev.parley.log.User;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import dev.parley.message.UserName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    Path folder;

    private GroupCommitLog open() {
        return SqliteLog.open(folder);
    }

    @Test
    void aNewLogHasTheNewestTablesAndIsSynchronisedFully() throws Exception {
        open().close();
        try (Connection connection = new Sqlite(folder.resolve("parley.db")).getConnection()) {
            assertThat(Sqlite.pragma(connection, "user_version")).isEqualTo(String.valueOf(Schema.NEWEST));
            assertThat(Sqlite.pragma(connection, "journal_mode")).isEqualTo("wal");
            assertThat(Sqlite.pragma(connection, "synchronous")).isEqualTo("2");
            assertThat(Sqlite.pragma(connection, "fullfsync")).isEqualTo("1");
            assertThat(Sqlite.pragma(connection, "busy_timeout")).isEqualTo("5000");
        }
    }

    @Test
    void aLogThatIsClosedIsOneFileBesideItsLock() {
        try (GroupCommitLog log = open()) {
            Speaker.into(log).says(ANN, null, "x");
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("parley.db", "parley.lock");
    }

    @Test
    void entriesOfTheFirstTablesAreReadAndAddedToWithTheNewest() throws Exception {
        Files.createDirectories(folder);
        try (Connection connection = new Sqlite(folder.resolve("parley.db")).getConnection()) {
            OldTables.create(connection, 1);
        }
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            assertThat(speaker.says(ANN, "a", "again").body()).isEqualTo(new Body.Text("old"));
            assertThat(speaker.says(ANN, null, "new").seq()).isEqualTo(2);
            assertThat(all(log, LOBBY)).extracting(Entry::id).containsExactly("a", null);
        }
    }

    /** So far marks belonged to names, and guests got the names of users. Deleted entries have no sender, erased ones do. */
    @Test
    void marksOfEarlierTablesPassToTheLastUserOfTheNameAndNamesOfUsersAreReserved() throws Exception {
        Files.createDirectories(folder);
        try (Connection connection = new Sqlite(folder.resolve("parley.db")).getConnection();
                Statement statement = connection.createStatement()) {
            OldTables.empty(statement, 3);
            for (String sql : List.of(
                    "insert into room (id, name, deleted) values (1, 'lobby', 1)",
                    "insert into author (id, key) values (1, 'user:a'), (2, 'guest:b'), (3, 'guest:c'),"
                            + " (4, 'guest:d'), (5, 'bean:server'), (6, 'user:deleted')",
                    "insert into entry (room, seq, author, sender, client_id, at) values (1, 1, 6, '', 'a', 6)",
                    "insert into entry (room, seq, author, sender, at, text) values"
                            + " (1, 2, 1, 'ann', 7, 'x'), (1, 3, 2, 'ann', 8, 'x'), (1, 4, 3, 'bob', 9, 'x'),"
                            + " (1, 5, 4, 'bob', 8, 'x'), (1, 6, 5, 'server', 9, 'x'), (1, 7, 1, 'erased', 9, null)",
                    "insert into mark (room, user_name, seq) values"
                            + " (1, 'ann', 4), (1, 'erased', 3), (1, 'bob', 2), (1, 'silent', 1)",
                    "pragma user_version = 3")) {
                statement.execute(sql);
            }
            connection.commit();
        }
        List<String> names = new ArrayList<>();
        ThreadFactory threads = Executors.defaultThreadFactory();
        try (GroupCommitLog log = GroupCommitLog.open(
                SqliteDatabase.open(folder, OptionalLong.empty(), threads),
                threads,
                Retention.FOREVER,
                deleted -> {},
                name -> names.add(name.value()),
                StandingListener.NONE)) {
            assertThat(names).containsExactlyInAnyOrder("ann", "erased", "server");
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of("user:a", 4L, "guest:c", 2L));
            assertThat(all(log, LOBBY)).hasSize(6);
            log.mark(LOBBY, new User("user:a", new UserName("ann")), 6);
            assertThat(get(log.marks(LOBBY))).containsEntry("user:a", 6L);
        }
        try (GroupCommitLog log = open()) {
            assertThat(get(log.marks(LOBBY))).isEqualTo(Map.of("user:a", 6L, "guest:c", 2L));
        }
    }

    @Test
    void aLogOfANewerParleyIsRefusedAndLeftAsItIs() throws Exception {
        open().close();
        try (Connection connection = new Sqlite(folder.resolve("parley.db")).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma user_version = 99");
            connection.commit();
        }
        byte[] before = Files.readAllBytes(folder.resolve("parley.db"));
        // Twice: the first refusal has freed the folder.
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ParleyException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("newer Parley")
                    .withMessageContaining("99")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
        assertThat(Files.readAllBytes(folder.resolve("parley.db"))).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws Exception {
        Files.writeString(folder.resolve("parley.db"), "These are my notes, and not a database. ".repeat(50));
        assertThatExceptionOfType(ParleyException.class).isThrownBy(this::open).withMessageContaining("parley.db");
    }
}

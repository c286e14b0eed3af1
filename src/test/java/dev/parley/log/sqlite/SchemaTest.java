package dev.parley.log.sqlite;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
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

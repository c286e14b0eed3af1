package dev.parley.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    Path folder;

    private GroupCommitLog open() {
        return GroupCommitLog.open(folder, Executors.defaultThreadFactory());
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

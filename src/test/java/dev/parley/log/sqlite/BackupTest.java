package dev.parley.log.sqlite;

import static dev.parley.log.durable.LogAssertions.all;
import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backup holds, and what restoring it leaves. Nothing has the log open meanwhile: that is {@code BackupIT}. */
class BackupTest {
    @TempDir
    Path temporary;

    private Path data() {
        return temporary.resolve("data");
    }

    private GroupCommitLog open() {
        return SqliteLog.open(data());
    }

    /** Says so many texts more; returns the log's epoch. */
    private String says(int count) {
        try (GroupCommitLog log = open()) {
            Speaker speaker = Speaker.into(log);
            for (int i = 0; i < count; i++) {
                speaker.says(ANN, null, "text");
            }
            return log.epoch();
        }
    }

    private Path backup() {
        Path file = temporary.resolve("backup");
        Backup.write(data(), file);
        return file;
    }

    private static void assertFails(String sentence, Runnable act) {
        assertThatExceptionOfType(ParleyException.class).isThrownBy(act::run).withMessageContaining(sentence);
    }

    @Test
    void aRestoredLogHoldsTheBackupUnderANewEpochAndTheOldLogIsKept() {
        String epoch = says(5);
        Path file = backup();
        says(5);

        Restore.Restored restored = Restore.restore(file, data());

        assertThat(restored.contents().entries()).isEqualTo(5);
        assertThat(restored.contents().rooms()).isEqualTo(1);
        assertThat(restored.isPlainCopy()).isFalse();
        try (GroupCommitLog log = open()) {
            assertThat(log.epoch()).isNotEqualTo(epoch);
            assertThat(all(log, LOBBY)).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
        Restore.restore(restored.kept().orElseThrow(), data());
        try (GroupCommitLog log = open()) {
            assertThat(all(log, LOBBY)).hasSize(10);
        }
    }

    @Test
    void theNumbersOfARoomGoOnInARestoredLogAlsoBehindDeletedEntries() {
        says(5);
        try (GroupCommitLog log = SqliteLog.open(data(), Retention.parse("*: 2 entries"))) {
            await().until(() -> all(log, LOBBY).size() == 2);
        }
        Restore.Restored restored = Restore.restore(backup(), temporary.resolve("elsewhere"));

        assertThat(restored.contents().entries()).isEqualTo(2);
        try (GroupCommitLog log = SqliteLog.open(temporary.resolve("elsewhere"))) {
            assertThat(all(log, LOBBY)).extracting(Entry::seq).containsExactly(4L, 5L);
            assertThat(Speaker.into(log).says(ANN, null, "next").seq()).isEqualTo(6);
        }
    }

    /** An operator makes a backup before the first start of a new version. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLogWithTheTablesOfAnEarlierVersionCanBeBackedUpAndRestored(int version) throws Exception {
        Files.createDirectories(data());
        try (Connection connection = new Sqlite(data().resolve("parley.db")).getConnection()) {
            OldTables.create(connection, version);
        }
        Path file = temporary.resolve("backup");

        assertThat(Backup.write(data(), file).entries()).isEqualTo(1);
        assertThat(Restore.restore(file, temporary.resolve("elsewhere"))
                        .contents()
                        .rooms())
                .isEqualTo(1);
        try (GroupCommitLog log = SqliteLog.open(temporary.resolve("elsewhere"))) {
            assertThat(all(log, LOBBY)).extracting(Entry::body).containsExactly(new Body.Text("old"));
        }
    }

    @Test
    void aBackupIsForItsOwnerAloneAndReplacesNoFile() throws IOException {
        says(1);
        Path file = backup();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertFails(file + " exists already", this::backup);
        Files.createFile(temporary.resolve("other.part"));
        assertFails("interrupted", () -> Backup.write(data(), temporary.resolve("other")));
        assertThat(temporary.resolve("other")).doesNotExist();
    }

    @Test
    void withoutALogThereIsNoBackup() {
        assertFails("there is no folder", this::backup);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aFolderInUseIsNotRestored() {
        says(1);
        Path file = backup();
        try (GroupCommitLog log = open()) {
            assertFails("another Parley uses the data folder", () -> Restore.restore(file, data()));
            assertThat(Speaker.into(log).says(ANN, null, "still here").seq()).isEqualTo(2);
        }
    }

    @Test
    void whatIsNoWholeLogIsRefusedAndTheLogStaysAsItIs() throws IOException {
        String epoch = says(200);
        Path file = backup();
        byte[] bytes = Files.readAllBytes(file);
        Path notes = Files.writeString(temporary.resolve("notes"), "No database. ".repeat(500));
        Path cut = Files.write(temporary.resolve("cut"), java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertFails("there is no file", () -> Restore.restore(temporary.resolve("nothing"), data()));
        assertFails("no whole log", () -> Restore.restore(notes, data()));
        assertFails("can't restore the log", () -> Restore.restore(cut, data()));

        try (GroupCommitLog log = open()) {
            assertThat(log.epoch()).isEqualTo(epoch);
            assertThat(all(log, LOBBY)).hasSize(200);
        }
        assertThat(data().toFile().list()).containsExactlyInAnyOrder("parley.db", "parley.lock");
    }

    @Test
    void aPlainCopyIsRestoredAndNamedAsWhatItIs() throws IOException {
        says(3);
        Path copy = Files.copy(data().resolve("parley.db"), temporary.resolve("copy"));

        Restore.Restored restored = Restore.restore(copy, temporary.resolve("elsewhere"));

        assertThat(restored.isPlainCopy()).isTrue();
        assertThat(restored.contents().entries()).isEqualTo(3);
        assertThat(restored.kept()).isEmpty();
    }

    @Test
    void aDamagedLogIsReplacedAndKept() throws IOException {
        says(1);
        Path file = backup();
        Files.writeString(data().resolve("parley.db"), "damaged ".repeat(1_000));

        Path kept = Restore.restore(file, data()).kept().orElseThrow();

        assertThat(kept).content().startsWith("damaged");
        try (GroupCommitLog log = open()) {
            assertThat(all(log, LOBBY)).hasSize(1);
        }
    }
}

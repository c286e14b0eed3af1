package dev.parley.log.sqlite;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Range;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    private GroupCommitLog open(Path path) {
        return SqliteLog.open(path);
    }

    private void assertTaken(Path path) {
        assertThatExceptionOfType(ParleyException.class)
                .isThrownBy(() -> open(path))
                .withMessageContaining("another Parley uses the data folder")
                .withMessageContaining(folder.getFileName().toString())
                .withMessageContaining("parley.data")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void aFolderServesOneLogAtATimeUnderWhateverName() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        try (GroupCommitLog log = open(folder)) {
            assertTaken(folder);
            assertTaken(link);
            assertTaken(folder.resolve("../" + folder.getFileName()));
            assertThat(Speaker.into(log).says(ANN, null, "still here").seq()).isEqualTo(1);
        }
        try (GroupCommitLog log = open(link)) {
            assertThat(get(log.read(LOBBY, new Range.Newest(1))).last()).isEqualTo(1);
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void anotherProcessIsRefusedEvenAfterAnotherAttemptInThisOne() throws Exception {
        try (GroupCommitLog log = open(folder)) {
            // Closing a channel of the locked file frees the lock on POSIX: this attempt must not.
            assertTaken(folder);
            assertThat(log.epoch()).isNotEmpty();
            try (LogProcess process = new LogProcess(folder)) {
                assertThat(process.awaitExit()).isZero();
                assertThat(process.lines("open")).isEmpty();
                assertThat(process.lines("closed")).singleElement().asString().contains("another Parley uses");
            }
        }
    }

    @Test
    void aFolderOfAnotherProcessIsRefusedUntilThatIsGone() throws Exception {
        try (LogProcess process = new LogProcess(folder)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !process.lines("open").isEmpty());
            assertTaken(folder);
        }
        open(folder).close();
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefusedWithItsName() throws Exception {
        Path file = Files.writeString(folder.resolve("notes"), "x");
        assertThatExceptionOfType(ParleyException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining("can't write to the data folder")
                .withMessageContaining("notes is a file and no folder; parley.data can name another folder");
    }

    @Test
    void aFolderAndItsFilesAreForTheirOwnerAlone() throws Exception {
        Path data = folder.resolve("new");
        try (GroupCommitLog log = open(data)) {
            Speaker.into(log).says(ANN, null, "private");
            assertModes(data);
        }
    }

    @Test
    void aFolderThatWasOpenToOthersIsClosedToThem() throws Exception {
        Path data = Files.createDirectory(folder.resolve("old"));
        open(data).close();
        open(data.resolve("anotherApplication")).close();
        Files.createFile(data.resolve("session.key"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(data.resolve("parley.db"), PosixFilePermissions.fromString("rw-r--r--"));
        try (GroupCommitLog log = open(data)) {
            Speaker.into(log).says(ANN, null, "private");
            assertModes(data);
        }
    }

    @Test
    void aFolderThatHoldsOtherFilesTooKeepsItsMode() throws Exception {
        Files.createFile(folder.resolve("notes"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        open(folder).close();
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("parley.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private static void assertModes(Path data) throws Exception {
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        for (String name : List.of("parley.db", "parley.db-wal", "parley.db-shm", "parley.lock")) {
            assertThat(Files.getPosixFilePermissions(data.resolve(name)))
                    .as(name)
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aFolderMayHaveAnyName() throws Exception {
        Path data = folder.resolve("what? 100%41 #1 é");
        try (GroupCommitLog log = open(data)) {
            Speaker.into(log).says(ANN, null, "here");
        }
        assertThat(data.resolve("parley.db")).isRegularFile();
    }

    /** Like a container: each deployment has a class loader, and so a copy of Parley and of SQLite, of its own. */
    @Test
    void anApplicationCanBeDeployedAgainAndItsClassesGo() throws Exception {
        WeakReference<ClassLoader> first = deploy(1);
        WeakReference<ClassLoader> second = deploy(2);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return first.get() == null && second.get() == null;
        });
        assertThat(first.get()).isNull();
    }

    private WeakReference<ClassLoader> deploy(long seq) throws Exception {
        URL[] places = {
            LogProcess.place(GroupCommitLog.class).toUri().toURL(),
            LogProcess.place(Deployment.class).toUri().toURL(),
            LogProcess.place(org.sqlite.JDBC.class).toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
            Class<?> deployment = loader.loadClass(Deployment.class.getName());
            assertThat(deployment).isNotSameAs(Deployment.class);
            AutoCloseable deployed =
                    (AutoCloseable) deployment.getConstructor(Path.class).newInstance(folder);
            // This class loader has neither seen the first claim nor made it.
            assertTaken(folder);
            assertThat(deployed).hasToString("entry " + seq + ", 1 driver");
            deployed.close();
            assertThat(deployed).hasToString("entry " + seq + ", 0 drivers");
            return new WeakReference<>(loader);
        }
    }
}

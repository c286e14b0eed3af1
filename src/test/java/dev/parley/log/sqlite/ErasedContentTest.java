package dev.parley.log.sqlite;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.ErasureScope;
import dev.parley.log.Range;
import dev.parley.log.User;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.Retention;
import dev.parley.message.UserName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that is erased or deleted leaves the files of the log. */
class ErasedContentTest {
    private static final String SECRET = "the password is swordfish";
    /** More than a page of the database, so that it has pages of its own. */
    private static final String LONG_SECRET = (SECRET + " ").repeat(1_000);

    private static final Body FILE = new Body.Attachment(
            "x/swordfish", "swordfish.txt", ByteBuffer.wrap(LONG_SECRET.getBytes(StandardCharsets.UTF_8)));

    @TempDir
    Path folder;

    private boolean isOnTheDisk() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("parley.db"))
                    .anyMatch(ErasedContentTest::hasSecret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasSecret(Path file) {
        try {
            return Files.exists(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("swordfish");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTextAndAFileThatAreErasedAreGoneFromAllFiles() {
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker speaker = Speaker.into(log);
            speaker.says(ANN, "a", SECRET);
            get(speaker.say(LOBBY, ANN, null, LONG_SECRET));
            get(speaker.say(LOBBY, ANN, null, FILE));
            speaker.says(ANN, null, "stays");
            assertThat(isOnTheDisk()).isTrue();
            for (int seq = 1; seq <= 3; seq++) {
                assertThat(get(log.erase(LOBBY, seq))).isTrue();
            }
            await().until(() -> !isOnTheDisk());
        }
        assertThat(isOnTheDisk()).isFalse();
    }

    @Test
    void nothingIsOnTheDiskOfAUserWhoIsErased() {
        User ann = new User("user:swordfish@example.com", new UserName("ann"));
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker speaker = Speaker.into(log);
            get(speaker.say(LOBBY, ann, "a", SECRET));
            get(speaker.say(LOBBY, ann, null, FILE));
            log.mark(LOBBY, ann, 2);
            log.reserve(ann);
            speaker.says(ANN, null, "stays");
            assertThat(isOnTheDisk()).isTrue();
            assertThat(get(log.eraseAll(new ErasureScope.OfUser(ann.id())))).isEqualTo(2);
            await().until(() -> !isOnTheDisk());
        }
        assertThat(isOnTheDisk()).isFalse();
    }

    @Test
    void nothingIsOnTheDiskOfWhatWasSaidInARoomThatIsErased() {
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker speaker = Speaker.into(log);
            speaker.says(ANN, "a", SECRET);
            get(speaker.say(LOBBY, ANN, null, FILE));
            assertThat(get(log.eraseAll(new ErasureScope.OfRoom(LOBBY)))).isEqualTo(2);
            await().until(() -> !isOnTheDisk());
        }
    }

    @Test
    void theBytesOfAnAttachmentGoFromAllFilesBeforeItsEntryDoes() throws Exception {
        Body file = new Body.Attachment("x/y", "f.txt", ByteBuffer.wrap(LONG_SECRET.getBytes(StandardCharsets.UTF_8)));
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            get(Speaker.into(log).say(LOBBY, ANN, null, file));
        }
        assertThat(isOnTheDisk()).isTrue();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update entry set at = at - " + Duration.ofDays(4).toMillis());
        }
        try (GroupCommitLog log = SqliteLog.open(folder, Retention.parse("*: attachments 3 days"))) {
            Speaker.into(log);
            await().until(() ->
                    get(log.read(LOBBY, new Range.Newest(1))).entries().get(0).body() instanceof Body.Reference);
        }
        assertThat(isOnTheDisk()).isFalse();
    }

    @Test
    void whatIsNotKeptIsGoneFromAllFilesWhenTheLogIsClosed() {
        try (GroupCommitLog log = SqliteLog.open(folder, Retention.parse("*: 1 entry"))) {
            Speaker speaker = Speaker.into(log);
            speaker.says(ANN, "a", SECRET);
            get(speaker.say(LOBBY, ANN, null, LONG_SECRET));
            get(speaker.say(LOBBY, ANN, null, FILE));
            speaker.says(ANN, null, "stays");
            await().until(() -> get(log.read(LOBBY, new Range.Newest(0))).oldest() == 4);
        }
        assertThat(isOnTheDisk()).isFalse();
    }
}

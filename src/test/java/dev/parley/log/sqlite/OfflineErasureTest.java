package dev.parley.log.sqlite;

import static dev.parley.log.durable.Speaker.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.ErasureScope;
import dev.parley.log.User;
import dev.parley.log.durable.Appender;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasing in a log that no server uses. */
class OfflineErasureTest {
    private static final ErasureScope.OfUser OF_ANN = new ErasureScope.OfUser(ANN.id());

    @TempDir
    Path folder;

    @BeforeEach
    void say() {
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker.into(log).says(ANN, "a", "swordfish");
        }
    }

    /** The file is not emptied while a program reads an older state of it. */
    @Test
    void itFailsWhileAnotherProgramKeepsTheContentInTheFiles() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.databaseIn(folder));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("select count(*) from entry")) {
                assertThat(row.next()).isTrue();
                assertThatThrownBy(() -> OfflineErasure.run(folder, OF_ANN))
                        .isInstanceOf(ParleyException.class)
                        .hasMessageContaining("the content is still in the files");
            }
            connection.rollback();
        }
        assertThat(OfflineErasure.run(folder, OF_ANN)).isZero();
        assertThat(Files.readString(DataFolder.databaseIn(folder), StandardCharsets.ISO_8859_1))
                .doesNotContain("swordfish");
    }

    @Test
    void whatTheApplicationSentToAUserAloneIsExportedAndErased() throws Exception {
        RoomName inbox = RoomName.inbox(ANN.id().id());
        User herald = new User("bean:herald", new UserName("herald"));
        try (GroupCommitLog log = SqliteLog.open(folder)) {
            Speaker speaker = Speaker.into(log);
            Speaker.get(speaker.say(inbox, herald, null, "for ann alone"));
            Speaker.get(speaker.say(RoomName.inbox("bob"), herald, null, "for bob alone"));
        }
        Path file = folder.resolve("export");
        assertThat(Export.write(folder, ANN.id(), file, Entry::toString).entries())
                .isEqualTo(2);
        assertThat(Files.readString(file)).contains("for ann alone").doesNotContain("for bob alone");

        // The inbox, and the message of before.
        assertThat(OfflineErasure.run(folder, OF_ANN)).isEqualTo(2);
        assertThat(Files.readString(DataFolder.databaseIn(folder), StandardCharsets.ISO_8859_1))
                .contains("for bob alone")
                .doesNotContain("for ann alone");
    }

    @Test
    void oneThatWasInterruptedGoesOnAndCountsAllItsEntries() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(folder, OptionalLong.empty(), Thread::new);
                Appender appender = database.appender()) {
            appender.beginErasure(OF_ANN);
            appender.commit();
        }
        assertThat(OfflineErasure.run(folder, OF_ANN)).isEqualTo(1);
        assertThat(OfflineErasure.run(folder, OF_ANN)).isZero();
    }
}

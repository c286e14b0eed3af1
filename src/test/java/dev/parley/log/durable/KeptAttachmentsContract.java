package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static dev.parley.log.durable.Speaker.LOBBY;
import static dev.parley.log.durable.Speaker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.AttachmentPart;
import dev.parley.log.Range;
import dev.parley.log.jdbc.JdbcSweep;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of attachments that are kept for a shorter time than their entries. */
abstract class KeptAttachmentsContract {
    private static final Range ALL = new Range.Newest(200);
    private static final Retention THREE_DAYS = Retention.parse("audit: forever; *: 10 days, 1 MB, attachments 3 days");
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Body FILE = new Body.Attachment("x/y", "f.bin", ByteBuffer.allocate(1_000));
    private static final Body EXPIRED = new Body.Reference("x/y", "f.bin", 1_000, true);

    private final DurableDatabaseContract database;

    @TempDir
    Path folder;

    KeptAttachmentsContract(DurableDatabaseContract database) {
        this.database = database;
    }

    private void saidBefore(int days, RoomName room) throws Exception {
        try (GroupCommitLog log = database.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            get(speaker.say(room, ANN, "a", FILE));
            get(speaker.say(room, ANN, "b", "a text"));
        }
        database.setTime(folder, System.currentTimeMillis() - days * DAY);
    }

    private static List<Body> bodies(GroupCommitLog log, RoomName room) {
        return get(log.readReferences(room, ALL)).entries().stream()
                .map(Entry::body)
                .toList();
    }

    @Test
    void theEntryStaysAndTheBytesGo() throws Exception {
        saidBefore(4, LOBBY);
        try (GroupCommitLog log = database.openLog(folder, THREE_DAYS)) {
            Speaker speaker = Speaker.into(log);
            await().until(() -> bodies(log, LOBBY).equals(List.of(EXPIRED, new Body.Text("a text"))));
            List<Entry> page = get(log.read(LOBBY, ALL)).entries();
            assertThat(page).extracting(Entry::body).containsExactly(EXPIRED, new Body.Text("a text"));
            assertThat(get(log.readAttachment(LOBBY, 1, 0, 10)))
                    .contains(new AttachmentPart(page.get(0), ByteBuffer.allocate(0)));

            get(speaker.say(LOBBY, ANN, "c", FILE));
            assertThat(bodies(log, LOBBY)).element(2).isEqualTo(new Body.Reference("x/y", "f.bin", 1_000));
            // Said again, it is the entry that is there.
            assertThat(get(speaker.say(LOBBY, ANN, "a", FILE)).seq()).isEqualTo(1);

            assertThat(get(log.erase(LOBBY, 1))).isTrue();
            assertThat(get(log.readReferences(LOBBY, ALL)).entries().get(0).erased())
                    .isTrue();
        }
    }

    @Test
    void whatIsYoungEnoughOrInAnotherRoomStays() throws Exception {
        RoomName audit = new RoomName("audit");
        saidBefore(4, audit);
        try (GroupCommitLog log = database.openLog(folder, THREE_DAYS)) {
            Speaker speaker = Speaker.into(log);
            get(speaker.say(LOBBY, ANN, null, FILE));
        }
        try (Connection connection = database.connect(folder)) {
            connection.setAutoCommit(false);
            JdbcSweep sweep = new JdbcSweep(connection);
            String rows = "select count(*) from attachment";
            assertThat(sweep.step(THREE_DAYS, Swept.END, System.currentTimeMillis())
                            .rows())
                    .isLessThan(2);
            assertThat(query(connection, rows)).isEqualTo(2);
            sweep.step(THREE_DAYS, Swept.END, System.currentTimeMillis() + 4 * DAY);
            assertThat(query(connection, rows)).isEqualTo(1);
            connection.rollback();
        }
    }

    /** The bytes of the room that were counted, and attachments that are deleted in small steps. */
    @Test
    void whatIsGoneCountsNoMoreAndAStepHasABound() throws Exception {
        try (GroupCommitLog log = database.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            for (int i = 0; i < 3_000; i++) {
                speaker.say(LOBBY, ANN, null, new Body.Attachment("x/y", null, ByteBuffer.allocate(10)));
            }
            get(speaker.say(LOBBY, ANN, null, "12345"));
        }
        long now = System.currentTimeMillis();
        try (Connection connection = database.connect(folder)) {
            connection.setAutoCommit(false);
            JdbcSweep sweep = new JdbcSweep(connection);
            for (int i = 0; i < 3; i++) {
                sweep.step(THREE_DAYS, Swept.END, now);
            }
            assertThat(query(connection, "select bytes from room")).isEqualTo(30_005);
            Swept first = sweep.step(THREE_DAYS, Swept.END, now + 4 * DAY);
            assertThat(first.rows()).isBetween(1_000, 2_000);
            assertThat(first.deleted()).isZero();
            assertThat(query(connection, "select count(*) from attachment")).isEqualTo(3_000 - first.rows());
            assertThat(query(connection, "select bytes from room")).isEqualTo(30_005 - 10 * first.rows());
            sweep.step(THREE_DAYS, first.next(), now + 4 * DAY);
            assertThat(query(connection, "select count(*) from attachment")).isZero();
            assertThat(query(connection, "select bytes from room")).isEqualTo(5);
            // The entries go in their turn.
            int deleted = 0;
            for (int i = 0; i < 3; i++) {
                deleted += sweep.step(THREE_DAYS, Swept.END, now + 11 * DAY).deleted();
            }
            assertThat(deleted).isEqualTo(3_001);
            assertThat(query(connection, "select bytes from room")).isZero();
            connection.rollback();
        }
    }

    private static long query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}

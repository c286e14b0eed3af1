package dev.parley.log.durable;

import static dev.parley.log.durable.Speaker.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.jdbc.JdbcSweep;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the single steps of a sweep do, at a time of the test's choice. */
abstract class SweepStepContract {
    private static final int MOST = 2_000;
    private static final long DAY = 24 * 3_600_000L;

    private final DurableDatabaseContract database;

    @TempDir
    Path folder;

    SweepStepContract(DurableDatabaseContract database) {
        this.database = database;
    }

    /** Leaves a log with so many entries, with ids, in each room. */
    private void saidBefore(String room, int... entries) {
        try (GroupCommitLog log = database.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            List<CompletionStage<Entry>> said = new ArrayList<>();
            for (int i = 0; i < entries.length; i++) {
                for (int j = 1; j <= entries[i]; j++) {
                    said.add(speaker.say(new RoomName(room + i), ANN, "id-" + j, "number " + j));
                }
            }
            said.forEach(Speaker::get);
        }
    }

    @Test
    void aDirectRoomIsInTheIndexOfItsUsersAsLongAsItHasEntries() throws Exception {
        try (GroupCommitLog log = database.openLog(folder)) {
            Speaker speaker = Speaker.into(log);
            Speaker.get(speaker.say(RoomName.direct("ann", "bob"), ANN, null, "hi"));
            Speaker.get(speaker.say(RoomName.direct("ann", "bob"), Speaker.BOB, null, "hello"));
        }
        try (Connection connection = database.connect(folder)) {
            connection.setAutoCommit(false);
            JdbcSweep sweep = new JdbcSweep(connection);
            long now = System.currentTimeMillis();
            String rows = "select count(*) from direct";
            assertThat(query(connection, rows)).isEqualTo(2);
            assertThat(round(connection, sweep, Retention.parse("*: 1 entry"), now))
                    .isEqualTo(1);
            assertThat(query(connection, rows)).isEqualTo(1);
            assertThat(round(connection, sweep, Retention.parse("*: 1 day"), now + 2 * DAY))
                    .isEqualTo(1);
            assertThat(query(connection, rows)).isZero();
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

    private static long rows(Connection connection) throws SQLException {
        return query(connection, "select count(*) from entry");
    }

    /** Runs the steps of one round; returns how many entries were deleted. */
    private static int round(Connection connection, JdbcSweep sweep, Retention rules, long now) throws SQLException {
        int deleted = 0;
        long place = Swept.END;
        do {
            long before = rows(connection);
            Swept swept = sweep.step(rules, place, now);
            assertThat(swept.deleted()).isLessThanOrEqualTo(MOST);
            assertThat(swept.rows()).isLessThanOrEqualTo(MOST);
            assertThat(before - rows(connection)).isLessThanOrEqualTo(MOST);
            deleted += swept.deleted();
            place = swept.next();
        } while (place != Swept.END);
        return deleted;
    }

    private Connection connect() throws SQLException {
        Connection connection = database.connect(folder);
        connection.setAutoCommit(false);
        return connection;
    }

    /** The second room gets few rows, none or fewer than none in a step, whichever the first one leaves. */
    @Test
    void aStepDeletesNoMoreThanItsBoundHoweverLittleIsLeftForTheNextRoom() throws Exception {
        saidBefore("room-", 1_986, 3_001, 11, 1);
        long now = System.currentTimeMillis();
        Retention rules = Retention.parse("*: 1 entry");
        try (Connection connection = connect()) {
            JdbcSweep sweep = new JdbcSweep(connection);
            assertThat(round(connection, sweep, rules, now)).isEqualTo(1_985 + 3_000 + 10);
            assertThat(rows(connection)).isEqualTo(1_986 + 3_001 + 11 + 1);
            assertThat(round(connection, sweep, rules, now)).isZero();
            assertThat(round(connection, sweep, Retention.FOREVER, now + 8 * DAY))
                    .isZero();
            assertThat(rows(connection)).isEqualTo(4);
            connection.rollback();
        }
    }

    @Test
    void aStepKnowsTheBytesThatItDeleted() throws Exception {
        saidBefore("room-", 11, 3);
        try (Connection connection = connect()) {
            Swept swept = new JdbcSweep(connection)
                    .step(Retention.parse("*: 1 entry"), Swept.END, System.currentTimeMillis());
            assertThat(swept.deleted()).isEqualTo(12);
            assertThat(swept.bytes()).isEqualTo(11 * "number 1".length() + "number 10".length());
            connection.rollback();
        }
    }

    @Test
    void anEntryFromTheFutureIsDeletedWithTheNextOneThatIsNot() throws Exception {
        saidBefore("room-", 6);
        long now = System.currentTimeMillis();
        Retention rules = Retention.parse("*: 3 days");
        try (Connection connection = connect()) {
            JdbcSweep sweep = new JdbcSweep(connection);
            at(connection, now + 400 * DAY, "seq <= 2 or seq = 5");
            assertThat(round(connection, sweep, rules, now)).isZero();
            assertThat(round(connection, sweep, rules, now + 4 * DAY)).isEqualTo(6);
            assertThat(round(connection, sweep, rules, now + 20 * DAY)).isZero();
            assertThat(rows(connection)).isZero();
            connection.rollback();
        }
    }

    /** Also more than one step reads. */
    @Test
    void aRoomWithEntriesFromTheFutureAloneKeepsThem() throws Exception {
        saidBefore("room-", 2_500, 2);
        long now = System.currentTimeMillis();
        try (Connection connection = connect()) {
            at(connection, now + 400 * DAY, "seq > 2");
            at(connection, now - 4 * DAY, "seq <= 2");
            assertThat(round(connection, new JdbcSweep(connection), Retention.parse("*: 3 days"), now))
                    .isEqualTo(4);
            connection.rollback();
        }
    }

    private static void at(Connection connection, long time, String which) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update entry set at = " + time + " where " + which);
        }
    }
}

package dev.parley.log.jdbc;

import dev.parley.log.User;
import dev.parley.log.durable.Swept;
import dev.parley.message.Keep;
import dev.parley.message.Retention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the entries that are not kept any more, and the bytes of attachments that go earlier, through JDBC, in small steps. Not thread-safe; its statements and
 * its temporary table end with their connection.
 *
 * <p>A deleted entry leaves its readers at once. If its sender gave it an id, its row stays for some time without content: the
 * sender may still send the message again, and it must not be stored twice.
 *
 * <pre>
 *   entry ──▶ deleted: a row without content ──(seven days after it was stored)──▶ no row
 *     └──(it has no id, or is older than that)────────────────────────────────────▶ no row
 * </pre>
 */
public final class JdbcSweep {
    /**
     * How long an id is remembered after its entry was stored. A client that was cut off sends its unanswered messages again
     * when it comes back: a program within minutes, a person's page when the person looks at it again.
     */
    private static final Duration IDS = Duration.ofDays(7);

    private static final int ROWS = 2_000;
    private static final long BYTES = 4L << 20;
    private static final int ROOMS = 100;
    /** To look at a room takes as long as to delete some rows. */
    private static final int ROWS_OF_ROOM = 10;

    private final PreparedStatement rooms;
    private final PreparedStatement anyKeep;
    private final PreparedStatement entries;
    private final PreparedStatement ids;
    private final PreparedStatement deleteAttachments;
    private final PreparedStatement deleteEntries;
    private final PreparedStatement deleteIds;
    private final PreparedStatement keepIds;
    private final PreparedStatement addIds;
    private final PreparedStatement clearIds;
    private final PreparedStatement update;
    private final PreparedStatement deleteDirect;
    private final AttachmentSweep attachments;

    /** What the current step may still read or delete. */
    private int rowsLeft;

    private long bytesLeft;
    /** What the current step has done. */
    private int deleted;

    private long deletedBytes;
    private int rows;
    private boolean hasDeleted;

    /** @param connection without auto-commit; its transaction is committed */
    public JdbcSweep(Connection connection) throws SQLException {
        rooms = connection.prepareStatement(SweptRoom.SELECT + ROOMS);
        anyKeep = connection.prepareStatement("select 1 from room_keep limit 1");
        entries = connection.prepareStatement(
                "select seq, at, " + EntryRow.BYTES + " from entry where room = ? and seq > ? order by seq limit ?");
        ids = connection.prepareStatement("select seq, at from entry where room = ? and seq <= ? order by seq limit ?");
        deleteAttachments =
                connection.prepareStatement("delete from attachment where room = ? and seq > ? and seq <= ?");
        deleteEntries = connection.prepareStatement("delete from entry where room = ? and seq > ? and seq <= ?");
        deleteIds = connection.prepareStatement("delete from entry where room = ? and seq <= ?");
        createTable(connection);
        keepIds = connection.prepareStatement("""
                insert into kept_id (seq, author, client_id, at)
                select seq, author, client_id, case when at > ? then ? else at end from entry
                where room = ? and seq > ? and seq <= ? and client_id is not null and at >= ?
                """);
        addIds = connection.prepareStatement("""
                insert into entry (room, seq, author, sender, client_id, at)
                select ?, seq, author, '', client_id, at from kept_id
                """);
        clearIds = connection.prepareStatement("delete from kept_id");
        deleteDirect = connection.prepareStatement(
                "delete from direct where room = ? and seq <= ? and author = (select id from author where \"key\" = ?)");
        attachments = new AttachmentSweep(connection);
        update = connection.prepareStatement("update room set deleted = ?, counted = ?, bytes = ? where id = ?");
    }

    /** As a select, because the type of the author's column belongs to the database. */
    private static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table if not exists kept_id as "
                    + "select seq, author, client_id, at from entry where 1 = 0");
        }
        // A rollback would remove it.
        connection.commit();
    }

    /**
     * One step, as {@link dev.parley.log.durable.Appender#sweep} describes.
     *
     * @param now the present time, in milliseconds since 1970
     */
    public Swept step(Retention retention, long place, long now) throws SQLException {
        rowsLeft = ROWS;
        bytesLeft = BYTES;
        deleted = 0;
        deletedBytes = 0;
        rows = 0;
        hasDeleted = false;
        List<SweptRoom> next = rooms(place);
        for (SweptRoom room : next) {
            if (rowsLeft <= ROWS_OF_ROOM || bytesLeft <= 0) {
                return swept(room.id);
            }
            rowsLeft -= ROWS_OF_ROOM;
            int before = rows;
            trim(room, room.keep(retention), now);
            hasDeleted |= room.deleted > 0;
            // A room in which nothing could be done would be visited for ever.
            if ((rowsLeft <= 0 || bytesLeft <= 0) && rows > before) {
                return swept(room.id);
            }
        }
        return swept(next.size() < ROOMS ? Swept.END : next.get(ROOMS - 1).id + 1);
    }

    private Swept swept(long next) throws SQLException {
        return new Swept(deleted, deletedBytes, rows, hasDeleted, next == Swept.END && hasKeeps(), next);
    }

    private boolean hasKeeps() throws SQLException {
        try (ResultSet row = anyKeep.executeQuery()) {
            return row.next();
        }
    }

    private List<SweptRoom> rooms(long first) throws SQLException {
        rooms.setLong(1, first);
        List<SweptRoom> found = new ArrayList<>();
        try (ResultSet row = rooms.executeQuery()) {
            while (row.next()) {
                found.add(new SweptRoom(row));
            }
        }
        return found;
    }

    private void trim(SweptRoom room, Keep keep, long now) throws SQLException {
        if (room.deleted > 0) {
            forgetIds(room, now - IDS.toMillis());
        }
        if (keep.bytes() != Keep.UNBOUNDED && rowsLeft > 0) {
            count(room);
        }
        boolean mayExceed = keep.millis() != Keep.UNBOUNDED
                || room.last - room.deleted > keep.entries()
                || room.bytes > keep.bytes();
        if (mayExceed && rowsLeft > 0) {
            deleteExcess(room, keep, now);
        }
        if (keep.attachments() != Keep.UNBOUNDED && rowsLeft > 0 && bytesLeft > 0) {
            expire(room, now - keep.attachments(), now);
        }
    }

    private void expire(SweptRoom room, long end, long now) throws SQLException {
        AttachmentSweep.Expired expired =
                attachments.run(room.id, room.deleted, room.counted, end, now, rowsLeft, bytesLeft);
        rowsLeft -= expired.rows();
        rows += expired.rows();
        bytesLeft -= expired.bytes();
        deletedBytes += expired.bytes();
        if (expired.counted() > 0) {
            room.bytes -= expired.counted();
            store(room);
        }
    }

    /** Deletes the rows without content that are old enough. */
    private void forgetIds(SweptRoom room, long end) throws SQLException {
        long last = 0;
        try (ResultSet row = read(ids, room, room.deleted)) {
            while (row.next() && row.getLong(2) < end) {
                last = row.getLong(1);
                rowsLeft--;
                rows++;
            }
        }
        if (last > 0) {
            NumberUpdate.run(deleteIds, room.id, last);
        }
    }

    /** Adds the bytes of entries that came since the last round. */
    private void count(SweptRoom room) throws SQLException {
        room.counted = Math.max(room.counted, room.deleted);
        if (room.counted == room.last) {
            return;
        }
        try (ResultSet row = read(entries, room, room.counted)) {
            while (row.next()) {
                room.counted = row.getLong(1);
                room.bytes += row.getLong(3);
                rowsLeft--;
                rows++;
            }
        }
        store(room);
    }

    /** Deletes the oldest entries of this room, up to the last one that exceeds a bound. */
    private void deleteExcess(SweptRoom room, Keep keep, long now) throws SQLException {
        long before = room.deleted;
        moveEnd(room, keep, now);
        if (room.deleted == before) {
            return;
        }
        NumberUpdate.run(deleteAttachments, room.id, before, room.deleted);
        // All rows are deleted, and the ids get new ones: rows that become smaller would leave the pages half empty. In
        // between they are in a table of this connection, because to read them here takes longer.
        NumberUpdate.run(keepIds, now, now, room.id, before, room.deleted, now - IDS.toMillis());
        NumberUpdate.run(deleteEntries, room.id, before, room.deleted);
        NumberUpdate.run(addIds, room.id);
        clearIds.executeUpdate();
        store(room);
        forgetDirect(room);
    }

    /** A user of a direct room does not find it any more by an entry that was deleted. */
    private void forgetDirect(SweptRoom room) throws SQLException {
        for (String id : room.name.ids()) {
            deleteDirect.setLong(1, room.id);
            deleteDirect.setLong(2, room.deleted);
            deleteDirect.setString(3, User.userKey(id));
            deleteDirect.executeUpdate();
        }
    }

    /**
     * Moves the end of the deleted entries of this room.
     *
     * <p>An entry from the future was stored while the clock was ahead. It is as old as the next entry that is not from the
     * future.
     */
    private void moveEnd(SweptRoom room, Keep keep, long now) throws SQLException {
        int passed = 0;
        long passedBytes = 0;
        long countedBytes = 0;
        try (ResultSet row = read(entries, room, room.deleted)) {
            while (bytesLeft > 0 && row.next()) {
                long seq = row.getLong(1);
                long at = row.getLong(2);
                boolean exceeds = at < now - keep.millis()
                        || seq <= room.last - keep.entries()
                        || seq < room.last && room.bytes > keep.bytes();
                if (!exceeds && at <= now) {
                    break;
                }
                long bytes = row.getLong(3);
                rowsLeft--;
                bytesLeft -= bytes;
                passed++;
                passedBytes += bytes;
                countedBytes += seq <= room.counted ? bytes : 0;
                if (exceeds) {
                    room.deleted = seq;
                    room.bytes -= countedBytes;
                    deleted += passed;
                    deletedBytes += passedBytes;
                    rows += passed;
                    passed = 0;
                    passedBytes = 0;
                    countedBytes = 0;
                }
            }
        }
    }

    /** Runs a query for the rows of a room, from this number on, as many as the step may still read. */
    private ResultSet read(PreparedStatement query, SweptRoom room, long seq) throws SQLException {
        query.setLong(1, room.id);
        query.setLong(2, seq);
        // Some databases treat a negative limit as no limit.
        query.setInt(3, Math.max(rowsLeft, 0));
        return query.executeQuery();
    }

    private void store(SweptRoom room) throws SQLException {
        NumberUpdate.run(update, room.deleted, room.counted, room.bytes, room.id);
    }
}

package dev.parley.log.jdbc;

import dev.parley.log.durable.Swept;
import dev.parley.message.Keep;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the entries that are not kept any more, through JDBC, in small steps. Not thread-safe; its statements end with their
 * connection.
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
    private final PreparedStatement walk;
    private final PreparedStatement walkIds;
    private final PreparedStatement deleteAttachments;
    private final PreparedStatement deleteEntries;
    private final PreparedStatement empty;
    private final PreparedStatement update;

    /** What the current step may still read or delete. */
    private int rowsLeft;

    private long bytesLeft;
    private int deleted;

    private static final class Room {
        final long id;
        final RoomName name;
        final long last;
        long deleted;
        long counted;
        long bytes;

        Room(ResultSet row) throws SQLException {
            id = row.getLong(1);
            name = new RoomName(row.getString(2));
            last = row.getLong(3);
            deleted = row.getLong(4);
            counted = row.getLong(5);
            bytes = row.getLong(6);
        }
    }

    /** @param connection without auto-commit */
    public JdbcSweep(Connection connection) throws SQLException {
        rooms = connection.prepareStatement("select id, name, " + EntryRow.LAST
                + ", deleted, counted, bytes from room where id >= ? order by id limit " + ROOMS);
        walk = connection.prepareStatement(
                "select seq, at, " + EntryRow.BYTES + " from entry where room = ? and seq > ? order by seq limit ?");
        walkIds = connection.prepareStatement(
                "select seq, at from entry where room = ? and seq <= ? order by seq limit ?");
        deleteAttachments =
                connection.prepareStatement("delete from attachment where room = ? and seq > ? and seq <= ?");
        deleteEntries = connection.prepareStatement(
                "delete from entry where room = ? and seq > ? and seq <= ? and (client_id is null or at < ?)");
        empty = connection.prepareStatement("""
                update entry set sender = '', made_id = null, text = null, media = null, file_name = null
                where room = ? and seq > ? and seq <= ?
                """);
        update = connection.prepareStatement("update room set deleted = ?, counted = ?, bytes = ? where id = ?");
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
        List<Room> next = rooms(place);
        for (Room room : next) {
            rowsLeft -= ROWS_OF_ROOM;
            trim(room, retention.of(room.name), now);
            if (rowsLeft <= 0 || bytesLeft <= 0) {
                return new Swept(deleted, room.id);
            }
        }
        return new Swept(deleted, next.size() < ROOMS ? Swept.END : next.get(ROOMS - 1).id + 1);
    }

    private List<Room> rooms(long first) throws SQLException {
        rooms.setLong(1, first);
        List<Room> found = new ArrayList<>();
        try (ResultSet row = rooms.executeQuery()) {
            while (row.next()) {
                found.add(new Room(row));
            }
        }
        return found;
    }

    private void trim(Room room, Keep keep, long now) throws SQLException {
        if (room.deleted > 0) {
            forgetIds(room, now - IDS.toMillis());
        }
        if (keep.bytes() != Keep.UNBOUNDED && rowsLeft > 0) {
            count(room);
        }
        boolean hasTooMuch = keep.millis() != Keep.UNBOUNDED
                || room.last - room.deleted > keep.entries()
                || room.bytes > keep.bytes();
        if (hasTooMuch && rowsLeft > 0) {
            long before = room.deleted;
            passTooMuch(room, keep, now);
            if (room.deleted > before) {
                delete(room, before, now - IDS.toMillis());
            }
        }
    }

    /** Deletes the rows without content that are old enough. */
    private void forgetIds(Room room, long end) throws SQLException {
        walkIds.setLong(1, room.id);
        walkIds.setLong(2, room.deleted);
        walkIds.setInt(3, rowsLeft);
        long last = 0;
        try (ResultSet row = walkIds.executeQuery()) {
            while (row.next() && row.getLong(2) < end) {
                last = row.getLong(1);
                rowsLeft--;
            }
        }
        if (last > 0) {
            delete(deleteEntries, room, 0, last, end);
        }
    }

    /** Adds the bytes of entries that came since the last round. */
    private void count(Room room) throws SQLException {
        room.counted = Math.max(room.counted, room.deleted);
        if (room.counted == room.last) {
            return;
        }
        try (ResultSet row = walk(room, room.counted)) {
            while (row.next()) {
                room.counted = row.getLong(1);
                room.bytes += row.getLong(3);
                rowsLeft--;
            }
        }
        store(room);
    }

    /** Moves the end of the deleted entries of this room over all entries that are past a bound. */
    private void passTooMuch(Room room, Keep keep, long now) throws SQLException {
        try (ResultSet row = walk(room, room.deleted)) {
            while (bytesLeft > 0 && row.next()) {
                long seq = row.getLong(1);
                boolean isPast = row.getLong(2) < now - keep.millis()
                        || seq <= room.last - keep.entries()
                        || seq < room.last && room.bytes > keep.bytes();
                if (!isPast) {
                    return;
                }
                long bytes = row.getLong(3);
                room.deleted = seq;
                room.bytes -= seq <= room.counted ? bytes : 0;
                rowsLeft--;
                bytesLeft -= bytes;
                deleted++;
            }
        }
    }

    private ResultSet walk(Room room, long after) throws SQLException {
        walk.setLong(1, room.id);
        walk.setLong(2, after);
        walk.setInt(3, rowsLeft);
        return walk.executeQuery();
    }

    private void delete(Room room, long after, long idsEnd) throws SQLException {
        delete(deleteAttachments, room, after, room.deleted);
        delete(deleteEntries, room, after, room.deleted, idsEnd);
        delete(empty, room, after, room.deleted);
        store(room);
    }

    private static void delete(PreparedStatement statement, Room room, long after, long end, long... more)
            throws SQLException {
        statement.setLong(1, room.id);
        statement.setLong(2, after);
        statement.setLong(3, end);
        for (int i = 0; i < more.length; i++) {
            statement.setLong(4 + i, more[i]);
        }
        statement.executeUpdate();
    }

    private void store(Room room) throws SQLException {
        update.setLong(1, room.deleted);
        update.setLong(2, room.counted);
        update.setLong(3, room.bytes);
        update.setLong(4, room.id);
        update.executeUpdate();
    }
}

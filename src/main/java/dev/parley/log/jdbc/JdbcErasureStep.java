package dev.parley.log.jdbc;

import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The single steps of the jobs that erase. Not thread-safe; its statements end with their connection.
 *
 * <p>The job of a user goes through all rooms in the order of their ids, and looks at each entry: no index has the entries of
 * an author, because it would make each append slower. A room is gone through from its newest entry down, because most clients
 * have the newest ones.
 */
final class JdbcErasureStep {
    private static final int ROWS = 20_000;
    private static final int ENTRIES = 1_000;
    private static final long BYTES = 4L << 20;
    /** To look at a room takes as long as to look at some rows. */
    private static final int ROWS_OF_ROOM = 10;

    private static final String ROOM = "select id, name, " + EntryRow.LAST + ", deleted, counted from room where id ";
    private static final String ROW = "select seq, " + EntryRow.BYTES
            + ", media from entry where room = ? and seq < ? and seq > ? and %s order by seq desc limit ?";
    private static final String ERASE =
            "update entry set text = null, kind = null, media = null, file_name = null, file_size = null%s where room = ? and seq = ?";

    private final PreparedStatement sameRoom;
    private final PreparedStatement nextRoom;
    private final PreparedStatement ofAuthor;
    private final PreparedStatement withContent;
    private final PreparedStatement eraseContent;
    private final PreparedStatement eraseSender;
    private final PreparedStatement deleteAttachment;
    private final PreparedStatement deleteMark;
    private final PreparedStatement deleteDirect;
    private final PreparedStatement uncount;

    /** What the current step may still look at, or erase. */
    private int rows;

    private int entries;
    private long bytes;

    private record Room(long id, RoomName name, long last, long deleted, long counted) {}

    private record Row(long seq, long bytes, boolean hasFile) {}

    /** @param connection without auto-commit */
    JdbcErasureStep(Connection connection) throws SQLException {
        sameRoom = connection.prepareStatement(ROOM + "= ?");
        nextRoom = connection.prepareStatement(ROOM + "> ? order by id limit 1");
        ofAuthor = connection.prepareStatement(ROW.formatted("author = ?"));
        withContent = connection.prepareStatement(ROW.formatted("(text is not null or media is not null)"));
        eraseContent = connection.prepareStatement(ERASE.formatted(""));
        eraseSender = connection.prepareStatement(ERASE.formatted(", sender = '" + Entry.NOBODY + "'"));
        deleteAttachment = connection.prepareStatement("delete from attachment where room = ? and seq = ?");
        deleteMark = connection.prepareStatement("delete from mark where room = ? and author = ?");
        deleteDirect = connection.prepareStatement("delete from direct where room = ? and author = ?");
        uncount = connection.prepareStatement("update room set bytes = bytes - ? where id = ?");
    }

    /** Returns whether it was the last step of the job. */
    boolean run(StoredErasure job) throws SQLException {
        rows = ROWS;
        entries = ENTRIES;
        bytes = BYTES;
        Room room = room(sameRoom, job);
        while (rows > 0 && entries > 0 && bytes > 0) {
            if (room != null && job.seq > room.deleted + 1) {
                erase(room, job);
                continue;
            }
            room = job.isOfRoom() ? null : room(nextRoom, job);
            if (room == null) {
                return true;
            }
            job.enter(room.id, room.last + 1);
            rows -= ROWS_OF_ROOM;
            NumberUpdate.run(deleteMark, room.id, job.author);
            NumberUpdate.run(deleteDirect, room.id, job.author);
        }
        return false;
    }

    private static Room room(PreparedStatement query, StoredErasure job) throws SQLException {
        query.setLong(1, job.room);
        try (ResultSet row = query.executeQuery()) {
            return row.next()
                    ? new Room(
                            row.getLong(1),
                            new RoomName(row.getString(2)),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5))
                    : null;
        }
    }

    /** Erases what there is among the next numbers, as many as may be looked at. */
    private void erase(Room room, StoredErasure job) throws SQLException {
        long begun = job.seq;
        long end = Math.max(room.deleted, begun - 1 - rows);
        long uncounted = 0;
        List<Row> found = find(room, job, end);
        for (Row row : found) {
            if (bytes <= 0) {
                break;
            }
            if (row.hasFile) {
                NumberUpdate.run(deleteAttachment, room.id, row.seq);
            }
            NumberUpdate.run(job.isOfRoom() ? eraseContent : eraseSender, room.id, row.seq);
            job.erased(room.name, row.seq);
            entries--;
            bytes -= row.bytes;
            uncounted += row.seq <= room.counted ? row.bytes : 0;
        }
        NumberUpdate.run(uncount, uncounted, room.id);
        if (entries > 0 && bytes > 0) {
            job.seq = end + 1;
        }
        rows -= (int) (begun - job.seq);
    }

    private List<Row> find(Room room, StoredErasure job, long end) throws SQLException {
        PreparedStatement query = job.isOfRoom() ? withContent : ofAuthor;
        query.setLong(1, room.id);
        query.setLong(2, job.seq);
        query.setLong(3, end);
        int last = 4;
        if (!job.isOfRoom()) {
            query.setLong(last++, job.author);
        }
        query.setInt(last, entries);
        List<Row> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new Row(row.getLong(1), row.getLong(2), row.getString(3) != null));
            }
        }
        return found;
    }
}

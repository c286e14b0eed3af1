package dev.parley.log.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the bytes of attachments that are kept for a shorter time than their entries, through JDBC. The entry keeps the media
 * type, the name and the size. Not thread-safe; its statements end with their connection.
 *
 * <p>The rows with bytes of a room are looked at in their order, up to the first one that is young enough. So a room in which
 * there is nothing to delete costs one look into an index.
 */
final class AttachmentSweep {
    private final PreparedStatement find;
    private final PreparedStatement keepSize;
    private final PreparedStatement delete;

    /**
     * What was deleted.
     *
     * @param rows how many attachments
     * @param bytes of them
     * @param counted the bytes of those that the room has counted
     */
    record Expired(int rows, long bytes, long counted) {}

    private record Row(long seq, long bytes) {}

    AttachmentSweep(Connection connection) throws SQLException {
        find = connection.prepareStatement("""
                select seq, (select at from entry e where e.room = a.room and e.seq = a.seq), octet_length(bytes)
                from attachment a where room = ? and seq > ? order by seq limit ?
                """);
        keepSize = connection.prepareStatement("update entry set file_size = ? where room = ? and seq = ?");
        delete = connection.prepareStatement("delete from attachment where room = ? and seq = ?");
    }

    /**
     * One step in one room.
     *
     * @param after the number of the last deleted entry
     * @param counted the number of the last entry whose bytes the room has counted
     * @param end attachments that were stored before are deleted, in milliseconds since 1970
     * @param now the present time. An attachment from the future was stored while the clock was ahead: it is as old as the next one
     *     that is not from the future
     * @param rows the most attachments to look at
     * @param bytes the step ends after the attachment that exceeds this
     */
    Expired run(long room, long after, long counted, long end, long now, int rows, long bytes) throws SQLException {
        List<Row> found = find(room, after, end, now, rows, bytes);
        long deleted = 0;
        long uncounted = 0;
        for (Row row : found) {
            NumberUpdate.run(keepSize, row.bytes, room, row.seq);
            NumberUpdate.run(delete, room, row.seq);
            deleted += row.bytes;
            uncounted += row.seq <= counted ? row.bytes : 0;
        }
        return new Expired(found.size(), deleted, uncounted);
    }

    private List<Row> find(long room, long after, long end, long now, int rows, long bytes) throws SQLException {
        find.setLong(1, room);
        find.setLong(2, after);
        // Some databases treat a negative limit as no limit.
        find.setInt(3, Math.max(rows, 0));
        List<Row> found = new ArrayList<>();
        int expired = 0;
        long left = bytes;
        try (ResultSet row = find.executeQuery()) {
            while (left > 0 && row.next()) {
                long at = row.getLong(2);
                if (at >= end && at <= now) {
                    break;
                }
                found.add(new Row(row.getLong(1), row.getLong(3)));
                left -= row.getLong(3);
                if (at < end) {
                    expired = found.size();
                }
            }
        }
        return found.subList(0, expired);
    }
}

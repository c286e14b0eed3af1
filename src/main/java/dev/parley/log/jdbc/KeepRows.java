package dev.parley.log.jdbc;

import dev.parley.log.durable.ModerationWriter;
import dev.parley.message.ErrorCode;
import dev.parley.message.Keep;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** The table {@code room_keep}: how long rooms keep their entries that the application has decided about. Not thread-safe; its statements end with their connection. */
final class KeepRows {
    /** The columns of a row, which are null for a bound that is not there; {@code own} is null for a room without a row. */
    static final String COLUMNS =
            "room_keep.room as own, room_keep.millis, room_keep.entries, room_keep.bytes as most_bytes,"
                    + " room_keep.attachments";

    private final PreparedStatement count;
    private final PreparedStatement remove;
    private final PreparedStatement add;

    KeepRows(Connection connection) throws SQLException {
        count = connection.prepareStatement("select count(*) from room_keep");
        remove = connection.prepareStatement("delete from room_keep where room = ?");
        add = connection.prepareStatement(
                "insert into room_keep (room, millis, entries, bytes, attachments) values (?, ?, ?, ?, ?)");
    }

    /**
     * @param keep null to remove it
     * @throws ParleyException with {@code forbidden} if there are too many
     */
    void put(RoomName room, Keep keep) throws SQLException {
        String name = StandingRows.name(room);
        remove.setString(1, name);
        remove.executeUpdate();
        if (keep == null) {
            return;
        }
        if (StandingRows.number(count) >= ModerationWriter.MOST_KEEPS) {
            throw new ParleyException(
                    ErrorCode.FORBIDDEN,
                    "this server knows for " + ModerationWriter.MOST_KEEPS
                            + " rooms how long they keep their messages, but not for more: use parley.keep");
        }
        add.setString(1, name);
        set(2, keep.millis());
        set(3, keep.entries());
        set(4, keep.bytes());
        set(5, keep.attachments());
        add.executeUpdate();
    }

    private void set(int column, long bound) throws SQLException {
        if (bound == Keep.UNBOUNDED) {
            add.setNull(column, Types.BIGINT);
        } else {
            add.setLong(column, bound);
        }
    }

    /** Reads {@link #COLUMNS}; null for a room about which the application has not decided. */
    static Keep read(ResultSet row) throws SQLException {
        if (row.getString("own") == null) {
            return null;
        }
        return new Keep(
                bound(row, "millis"), bound(row, "entries"), bound(row, "most_bytes"), bound(row, "attachments"));
    }

    private static long bound(ResultSet row, String column) throws SQLException {
        long bound = row.getLong(column);
        return row.wasNull() ? Keep.UNBOUNDED : bound;
    }
}

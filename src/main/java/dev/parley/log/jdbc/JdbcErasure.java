package dev.parley.log.jdbc;

import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Erases the content of single entries through JDBC. Not thread-safe; its statements end with their connection. */
public final class JdbcErasure {
    private final PreparedStatement find;
    private final PreparedStatement erase;
    private final PreparedStatement deleteAttachment;
    private final PreparedStatement uncount;

    /** @param connection without auto-commit */
    public JdbcErasure(Connection connection) throws SQLException {
        find = connection.prepareStatement("""
                select room.id, %s from room join entry on entry.room = room.id
                where room.name = ? and entry.seq = ? and entry.seq > room.deleted
                """.formatted(EntryRow.BYTES));
        erase = connection.prepareStatement(
                "update entry set text = null, kind = null, media = null, file_name = null, file_size = null where room = ? and seq = ?");
        deleteAttachment = connection.prepareStatement("delete from attachment where room = ? and seq = ?");
        uncount = connection.prepareStatement("update room set bytes = bytes - ? where id = ? and counted >= ?");
    }

    /** As {@link dev.parley.log.durable.Appender#erase} describes. */
    public boolean erase(RoomName room, long seq) throws SQLException {
        find.setString(1, room.value());
        find.setLong(2, seq);
        long id;
        long bytes;
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            id = row.getLong(1);
            bytes = row.getLong(2);
        }
        NumberUpdate.run(deleteAttachment, id, seq);
        NumberUpdate.run(erase, id, seq);
        NumberUpdate.run(uncount, bytes, id, seq);
        return true;
    }
}

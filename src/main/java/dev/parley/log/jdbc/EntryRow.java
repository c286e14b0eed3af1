package dev.parley.log.jdbc;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Queries for rooms and entries, and the columns of their rows. Stateless. */
public final class EntryRow {
    /** A room's id and the {@code seq} of its last entry. That {@code seq} is computed, because no table stores it. */
    public static final String FIND_ROOM = """
            select id, coalesce((select max(seq) from entry where entry.room = room.id), 0)
            from room where name = ?
            """;

    /** The bytes of an attachment are looked up only if the row has one: most entries are texts, and need no lookup. */
    public static final String SELECT = """
            select seq, sender, client_id, at, text, media, file_name,
                case when media is not null
                    then (select bytes from attachment a where a.room = entry.room and a.seq = entry.seq)
                end
            from entry
            """;

    private EntryRow() {}

    /** The entry in the current row of a query that begins with {@link #SELECT}. */
    public static Entry read(RoomName room, ResultSet row) throws SQLException {
        return new Entry(
                room,
                row.getLong(1),
                row.getString(3),
                new UserName(row.getString(2)),
                Instant.ofEpochMilli(row.getLong(4)),
                body(row));
    }

    private static Body body(ResultSet row) throws SQLException {
        String text = row.getString(5);
        return text != null
                ? new Body.Text(text)
                : new Body.Attachment(row.getString(6), row.getString(7), ByteBuffer.wrap(row.getBytes(8)));
    }
}

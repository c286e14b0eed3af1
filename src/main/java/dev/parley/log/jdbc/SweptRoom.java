package dev.parley.log.jdbc;

import dev.parley.message.Keep;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A room that a step of {@link JdbcSweep} visits, with what it changes. Not thread-safe. */
final class SweptRoom {
    static final String SELECT = "select room.id, room.name, " + EntryRow.LAST
            + ", room.deleted, room.counted, room.bytes, " + KeepRows.COLUMNS
            + " from room left join room_keep on room_keep.room = room.name where room.id >= ? order by room.id limit ";

    final long id;
    final RoomName name;
    final long last;
    long deleted;
    long counted;
    long bytes;
    /** What the application has decided; null if it has not. */
    private final Keep own;

    SweptRoom(ResultSet row) throws SQLException {
        id = row.getLong(1);
        name = new RoomName(row.getString(2));
        last = row.getLong(3);
        deleted = row.getLong(4);
        counted = row.getLong(5);
        bytes = row.getLong(6);
        own = KeepRows.read(row);
    }

    /** @param rules for rooms about which the application has not decided */
    Keep keep(Retention rules) {
        return own == null ? rules.of(name) : own;
    }
}

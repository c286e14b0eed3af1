package dev.parley.log.jdbc;

import dev.parley.log.durable.ObserverWriter;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/**
 * Writes the positions of observers through JDBC. Not thread-safe; its connection is that of an appender. The statements are not
 * kept, because this is done once a second at most for each observer.
 */
public final class JdbcObserverWriter implements ObserverWriter {
    private final Connection connection;

    /** @param connection without auto-commit; not closed by this */
    public JdbcObserverWriter(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void add(String observer, boolean fromStart) throws SQLException {
        boolean isNew = update(
                        "insert into observer (name) select cast(? as varchar)"
                                + " where not exists (select 1 from observer where name = ?)",
                        observer,
                        observer)
                == 1;
        if (isNew && !fromStart) {
            update(
                    "insert into observer_position (observer, room, seq) select observer.id, room.id, " + EntryRow.LAST
                            + " from observer, room where observer.name = ? and " + EntryRow.LAST + " > 0",
                    observer);
        }
    }

    @Override
    public void advance(String observer, Map<RoomName, Long> positions) throws SQLException {
        for (Map.Entry<RoomName, Long> position : positions.entrySet()) {
            String room = position.getKey().value();
            int changed = update(
                    "update observer_position set seq = ? where observer = (select id from observer where name = ?)"
                            + " and room = (select id from room where name = ?)",
                    position.getValue(),
                    observer,
                    room);
            if (changed == 0) {
                update(
                        "insert into observer_position (observer, room, seq) select observer.id, room.id, cast(? as bigint)"
                                + " from observer, room where observer.name = ? and room.name = ?",
                        position.getValue(),
                        observer,
                        room);
            }
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
        }
    }
}

package dev.parley.log.jdbc;

import dev.parley.log.RoomsBehind;
import dev.parley.log.durable.ObserverReader;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the positions of observers through JDBC. Not thread-safe; its connection is that of a {@link JdbcReader}. */
final class JdbcObserverReader implements ObserverReader {
    private static final int ROOMS = 1_000;

    private static final String POSITION = "select seq from observer_position"
            + " where observer = (select id from observer where name = ?) and room = (select id from room where name = ?)";

    private static final String BEHIND = """
            select room.id, room.name, case when exists (
                select 1 from entry where entry.room = room.id and entry.seq > room.deleted and entry.seq > coalesce(
                    (select got.seq from observer_position got
                        where got.room = room.id
                            and got.observer = (select id from observer where observer.name = ?)), 0))
                then 1 else 0 end
            from room where room.id > ? order by room.id limit %d
            """.formatted(ROOMS);

    private final Connection connection;

    /** @param connection without auto-commit; not closed by this */
    JdbcObserverReader(Connection connection) {
        this.connection = connection;
    }

    @Override
    public long position(String observer, RoomName room) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(POSITION)) {
            query.setString(1, observer);
            query.setString(2, room.value());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } finally {
            connection.rollback();
        }
    }

    @Override
    public RoomsBehind behind(String observer, long place) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BEHIND)) {
            query.setString(1, observer);
            query.setLong(2, place);
            List<RoomName> behind = new ArrayList<>();
            int seen = 0;
            long last = place;
            try (ResultSet row = query.executeQuery()) {
                for (; row.next(); seen++) {
                    last = row.getLong(1);
                    if (row.getInt(3) == 1) {
                        behind.add(new RoomName(row.getString(2)));
                    }
                }
            }
            return new RoomsBehind(behind, seen == ROOMS ? last : RoomsBehind.END);
        } finally {
            connection.rollback();
        }
    }
}

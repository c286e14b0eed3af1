package dev.parley.log.sqlite;

import dev.parley.log.durable.EntryClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The clock of a log, whose newest time is stored. Not thread-safe; its statement ends with its connection. */
final class StoredTime {
    private final PreparedStatement put;
    private final EntryClock clock;
    private long stored;

    /** @param connection without auto-commit */
    StoredTime(Connection connection) throws SQLException {
        put = connection.prepareStatement("""
                insert into meta (key, value) values ('time', ?)
                on conflict (key) do update set value = excluded.value
                """);
        stored = read(connection);
        clock = new EntryClock(stored);
    }

    private static long read(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select value from meta where key = 'time'");
                ResultSet row = query.executeQuery()) {
            return row.next() ? Long.parseLong(row.getString(1)) : 0;
        } finally {
            connection.rollback();
        }
    }

    EntryClock clock() {
        return clock;
    }

    /** Writes the newest time into the open transaction, if it has changed. */
    void put() throws SQLException {
        if (clock.newest() != stored) {
            put.setString(1, Long.toString(clock.newest()));
            put.executeUpdate();
        }
    }

    /** The transaction is committed. */
    void stored() {
        stored = clock.newest();
    }
}

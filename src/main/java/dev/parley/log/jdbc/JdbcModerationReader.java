package dev.parley.log.jdbc;

import dev.parley.log.User;
import dev.parley.log.durable.ModerationReader;
import dev.parley.message.AuditEntry;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads standings and the audit log through JDBC. Not thread-safe; its connection is that of a {@link JdbcReader}. */
public final class JdbcModerationReader implements ModerationReader {
    private final Connection connection;

    /** @param connection without auto-commit; not closed by this */
    public JdbcModerationReader(Connection connection) {
        this.connection = connection;
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** The statements are not kept: these questions are rare. */
    private <T> T read(String query, Reading<T> reading, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return reading.of(row);
            }
        }
    }

    /** Ends the snapshot of the questions. */
    private <T> T end(T answer) throws SQLException {
        connection.rollback();
        return answer;
    }

    @Override
    public boolean hasStandings() throws SQLException {
        boolean any = read("select 1 from standing limit 1", ResultSet::next)
                || read("select 1 from room_setting limit 1", ResultSet::next);
        return end(any);
    }

    @Override
    public Standings standings(RoomName room) throws SQLException {
        String name = StandingRows.name(room);
        Map<String, Standing> byKey = read(
                StandingRows.SELECT,
                row -> {
                    Map<String, Standing> found = new HashMap<>();
                    while (row.next()) {
                        found.put(row.getString(1), StandingRows.read(row, 2));
                    }
                    return found;
                },
                name);
        Standings found = read(
                StandingRows.SETTINGS,
                row -> row.next()
                        ? new Standings(byKey, row.getInt(1), row.getInt(2) != 0)
                        : new Standings(byKey, 0, false),
                name);
        return end(found);
    }

    @Override
    public Optional<User> author(RoomName room, long seq) throws SQLException {
        String query = """
                select author."key", entry.sender from entry
                join room on room.id = entry.room join author on author.id = entry.author
                where room.name = ? and entry.seq = ? and entry.seq > room.deleted
                """;
        return end(read(
                query,
                row -> row.next()
                        ? Optional.of(new User(row.getString(1), new UserName(row.getString(2))))
                        : Optional.empty(),
                room.value(),
                seq));
    }

    @Override
    public List<AuditEntry> audit(long after, int limit) throws SQLException {
        List<AuditEntry> entries = read(
                AuditRows.SELECT,
                row -> {
                    List<AuditEntry> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(AuditRows.read(row));
                    }
                    return found;
                },
                after,
                limit);
        return end(entries);
    }
}

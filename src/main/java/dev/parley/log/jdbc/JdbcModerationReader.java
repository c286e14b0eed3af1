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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    public Set<RoomName> roomsWithStandings(int limit) throws SQLException {
        Set<RoomName> rooms = new HashSet<>();
        // Two questions, so that SQLite jumps from room to room in the index.
        for (String table : List.of("standing", "room_setting")) {
            String query = "select distinct room from " + table + " where room > '' limit ?";
            rooms.addAll(read(
                    query,
                    row -> {
                        Set<RoomName> found = new HashSet<>();
                        while (row.next()) {
                            found.add(new RoomName(row.getString(1)));
                        }
                        return found;
                    },
                    limit));
        }
        return end(rooms);
    }

    @Override
    public Standings standings(RoomName room) throws SQLException {
        String name = StandingRows.name(room);
        Map<String, Standing> byKey = read(
                StandingRows.SELECT,
                row -> {
                    Map<String, Standing> found = new HashMap<>();
                    while (row.next()) {
                        // Several users may have the same address.
                        found.merge(row.getString(1), StandingRows.read(row, 2), Standing::with);
                    }
                    return found;
                },
                name);
        Standings found = read(
                SettingRows.SELECT,
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
                row -> row.next() && !FormerAuthors.isFormer(row.getString(1))
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

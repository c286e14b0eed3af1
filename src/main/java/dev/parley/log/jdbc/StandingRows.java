package dev.parley.log.jdbc;

import dev.parley.message.CallerId;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables {@code standing} and {@code room_setting}. Not thread-safe; its statements end with their connection. */
final class StandingRows {
    static final String SELECT = "select caller, role, banned_until, muted_until from standing where room = ?";
    static final String SETTINGS = "select slow, closed from room_setting where room = ?";

    private final PreparedStatement find;
    private final PreparedStatement count;
    private final PreparedStatement named;
    private final PreparedStatement madeFor;
    private final PreparedStatement add;
    private final PreparedStatement change;
    private final PreparedStatement delete;
    private final PreparedStatement ended;
    private final PreparedStatement ends;
    private final PreparedStatement settings;
    private final PreparedStatement addSettings;
    private final PreparedStatement putSlow;

    StandingRows(Connection connection) throws SQLException {
        find = connection.prepareStatement(SELECT + " and caller = ?");
        count = connection.prepareStatement("select count(*) from standing where room = ?");
        named = connection.prepareStatement("select caller from standing where room = ? and name = ?");
        madeFor = connection.prepareStatement("select caller from standing where room = ? and made_for = ?");
        add = connection.prepareStatement(
                "insert into standing (room, caller, role, banned_until, muted_until, name, made_for)"
                        + " values (?, ?, ?, ?, ?, ?, ?)");
        change = connection.prepareStatement(
                "update standing set role = ?, banned_until = ?, muted_until = ? where room = ? and caller = ?");
        delete = connection.prepareStatement("delete from standing where room = ? and caller = ?");
        ended = connection.prepareStatement("select room, caller, role, banned_until, muted_until from standing"
                + " where banned_until <= ? or muted_until <= ? limit ?");
        ends = connection.prepareStatement("select 1 from standing where banned_until < ? or muted_until < ? limit 1");
        settings = connection.prepareStatement(SETTINGS);
        addSettings = connection.prepareStatement("insert into room_setting (room, slow, closed) values (?, 0, 0)");
        putSlow = connection.prepareStatement("update room_setting set slow = ? where room = ?");
    }

    /** The name of a room in these tables. */
    static String name(RoomName room) {
        return room == null ? "" : room.value();
    }

    /** {@link Standing#NONE} if there is no row. */
    Standing find(String room, String key) throws SQLException {
        find.setString(1, room);
        find.setString(2, key);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? read(row, 2) : Standing.NONE;
        }
    }

    /** @param first the column of the role */
    static Standing read(ResultSet row, int first) throws SQLException {
        String role = row.getString(first);
        return new Standing(
                role == null ? null : Role.valueOf(role.toUpperCase(Locale.ROOT)),
                time(row, first + 1),
                time(row, first + 2));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    int count(String room) throws SQLException {
        count.setString(1, room);
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** The keys of the standings that were made under a name. */
    List<String> named(String room, UserName name) throws SQLException {
        return keys(named, room, name.value());
    }

    /** The key of a caller, and the keys of the addresses that have a standing because of it. */
    List<String> of(String room, CallerId whom) throws SQLException {
        List<String> keys = keys(madeFor, room, whom.key());
        keys.add(whom.key());
        return keys;
    }

    private static List<String> keys(PreparedStatement query, String room, String of) throws SQLException {
        query.setString(1, room);
        query.setString(2, of);
        List<String> keys = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                keys.add(row.getString(1));
            }
        }
        return keys;
    }

    /**
     * Adds or replaces a row.
     *
     * @param name the name of the user; or null
     * @param whom the key of the user for whom an address has this; or null
     */
    void put(String room, String key, Standing standing, String name, String whom) throws SQLException {
        delete(room, key);
        add.setString(1, room);
        add.setString(2, key);
        set(add, 3, standing);
        add.setString(6, name);
        add.setString(7, whom);
        add.executeUpdate();
    }

    /** Changes a row, or deletes it if nothing is left in it. */
    void change(String room, String key, Standing standing) throws SQLException {
        if (standing.isNone()) {
            delete(room, key);
            return;
        }
        set(change, 1, standing);
        change.setString(4, room);
        change.setString(5, key);
        change.executeUpdate();
    }

    private void delete(String room, String key) throws SQLException {
        delete.setString(1, room);
        delete.setString(2, key);
        delete.executeUpdate();
    }

    private static void set(PreparedStatement statement, int first, Standing standing) throws SQLException {
        statement.setString(
                first, standing.role() == null ? null : standing.role().wire());
        set(statement, first + 1, standing.bannedUntil());
        set(statement, first + 2, standing.mutedUntil());
    }

    private static void set(PreparedStatement statement, int column, Instant time) throws SQLException {
        if (time == null) {
            statement.setNull(column, Types.BIGINT);
        } else {
            statement.setLong(column, time.toEpochMilli());
        }
    }

    private record Ended(String room, String key, Standing standing) {}

    /** Removes bans and mutes that have ended. @return how many rows were changed, at most {@code limit} */
    int removeEnded(Instant now, int limit) throws SQLException {
        ended.setLong(1, now.toEpochMilli());
        ended.setLong(2, now.toEpochMilli());
        ended.setInt(3, limit);
        List<Ended> found = new ArrayList<>();
        try (ResultSet row = ended.executeQuery()) {
            while (row.next()) {
                found.add(new Ended(row.getString(1), row.getString(2), read(row, 3)));
            }
        }
        for (Ended one : found) {
            change(one.room, one.key, one.standing.at(now));
        }
        return found.size();
    }

    /** Whether a ban or a mute has an end. */
    boolean hasEnds() throws SQLException {
        ends.setLong(1, Standing.FOREVER.toEpochMilli());
        ends.setLong(2, Standing.FOREVER.toEpochMilli());
        try (ResultSet row = ends.executeQuery()) {
            return row.next();
        }
    }

    /** The settings of a room, without standings. */
    Standings settings(String room) throws SQLException {
        settings.setString(1, room);
        try (ResultSet row = settings.executeQuery()) {
            return row.next() ? new Standings(Map.of(), row.getInt(1), row.getInt(2) != 0) : Standings.NONE;
        }
    }

    void putSlow(String room, int seconds) throws SQLException {
        putSlow.setInt(1, seconds);
        putSlow.setString(2, room);
        if (putSlow.executeUpdate() == 0) {
            addSettings.setString(1, room);
            addSettings.executeUpdate();
            putSlow.executeUpdate();
        }
    }
}

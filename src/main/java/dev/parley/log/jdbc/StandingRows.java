package dev.parley.log.jdbc;

import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.UserName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table {@code standing}. Not thread-safe; its statements end with their connection. */
final class StandingRows {
    static final String SELECT = "select caller, role, banned_until, muted_until from standing where room = ?";

    private final PreparedStatement find;
    private final PreparedStatement findRow;
    private final PreparedStatement count;
    private final PreparedStatement named;
    private final PreparedStatement madeFor;
    private final PreparedStatement add;
    private final PreparedStatement change;
    private final PreparedStatement rename;
    private final PreparedStatement delete;
    private final PreparedStatement ended;
    private final PreparedStatement ends;

    StandingRows(Connection connection) throws SQLException {
        find = connection.prepareStatement(SELECT + " and caller = ?");
        findRow = connection.prepareStatement(SELECT + " and caller = ? and made_for = ?");
        count = connection.prepareStatement("select count(*) from standing where room = ?");
        named = connection.prepareStatement("select caller, made_for from standing where room = ? and name = ?");
        // The second condition lets SQLite use the index.
        madeFor = connection.prepareStatement(
                "select caller, made_for from standing where room = ? and made_for = ? and made_for <> ''");
        add = connection.prepareStatement(
                "insert into standing (room, caller, role, banned_until, muted_until, name, made_for)"
                        + " values (?, ?, ?, ?, ?, ?, ?)");
        change = connection.prepareStatement("update standing set role = ?, banned_until = ?, muted_until = ?"
                + " where room = ? and caller = ? and made_for = ?");
        rename = connection.prepareStatement(
                "update standing set name = ? where room = ? and caller = ? and made_for = ?");
        delete = connection.prepareStatement("delete from standing where room = ? and caller = ? and made_for = ?");
        ended = connection.prepareStatement(
                "select room, caller, made_for, role, banned_until, muted_until from standing"
                        + " where banned_until <= ? or muted_until <= ? limit ?");
        ends = connection.prepareStatement("select 1 from standing where banned_until < ? or muted_until < ? limit 1");
    }

    /** The name of a room in these tables. */
    static String name(RoomName room) {
        return room == null ? "" : room.value();
    }

    /**
     * One row: of a caller, or of an address.
     *
     * @param key of the caller or the address that has the standing
     * @param owner the key of the caller for whom it was made; for a caller itself the same as {@code key}
     */
    record Row(String key, String owner) {
        static Row of(String caller) {
            return new Row(caller, caller);
        }

        private static Row read(ResultSet row, int first) throws SQLException {
            String madeFor = row.getString(first + 1);
            return new Row(row.getString(first), madeFor.isEmpty() ? row.getString(first) : madeFor);
        }

        private String madeFor() {
            return owner.equals(key) ? "" : owner;
        }
    }

    /** What all rows of a key give together; {@link Standing#NONE} if there is no row. */
    Standing find(String room, String key) throws SQLException {
        find.setString(1, room);
        find.setString(2, key);
        Standing found = Standing.NONE;
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                found = found.with(read(row, 2));
            }
        }
        return found;
    }

    /** {@link Standing#NONE} if there is no such row. */
    Standing find(String room, Row which) throws SQLException {
        set(findRow, 1, room, which);
        try (ResultSet row = findRow.executeQuery()) {
            return row.next() ? read(row, 2) : Standing.NONE;
        }
    }

    private static void set(PreparedStatement statement, int first, String room, Row row) throws SQLException {
        statement.setString(first, room);
        statement.setString(first + 1, row.key);
        statement.setString(first + 2, row.madeFor());
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
        return number(count);
    }

    static int number(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** The keys of the callers whose standings were made under a name. */
    Set<String> named(String room, UserName name) throws SQLException {
        Set<String> owners = new LinkedHashSet<>();
        rows(named, room, name.value()).forEach(row -> owners.add(row.owner));
        return owners;
    }

    /** The row of a caller, which need not exist, and those of the addresses that have a standing because of it. */
    List<Row> of(String room, String caller) throws SQLException {
        List<Row> rows = rows(madeFor, room, caller);
        rows.add(Row.of(caller));
        return rows;
    }

    private static List<Row> rows(PreparedStatement query, String room, String of) throws SQLException {
        query.setString(1, room);
        query.setString(2, of);
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.add(Row.read(row, 1));
            }
        }
        return rows;
    }

    /**
     * Adds or changes a row.
     *
     * @param name the name of the user; null if it is not known now: then the row keeps the name that it has
     */
    void put(String room, Row row, Standing standing, String name) throws SQLException {
        set(change, 1, standing);
        set(change, 4, room, row);
        if (change.executeUpdate() == 0) {
            add.setString(1, room);
            add.setString(2, row.key);
            set(add, 3, standing);
            add.setString(6, name);
            add.setString(7, row.madeFor());
            add.executeUpdate();
        } else if (name != null) {
            rename.setString(1, name);
            set(rename, 2, room, row);
            rename.executeUpdate();
        }
    }

    /** Changes a row, or deletes it if nothing is left in it. */
    void change(String room, Row row, Standing standing) throws SQLException {
        if (standing.isNone()) {
            delete(room, row);
            return;
        }
        set(change, 1, standing);
        set(change, 4, room, row);
        change.executeUpdate();
    }

    private void delete(String room, Row row) throws SQLException {
        set(delete, 1, room, row);
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

    private record Ended(String room, Row row, Standing standing) {}

    /** Removes bans and mutes that have ended. @return how many rows were changed, at most {@code limit} */
    int removeEnded(Instant now, int limit) throws SQLException {
        ended.setLong(1, now.toEpochMilli());
        ended.setLong(2, now.toEpochMilli());
        ended.setInt(3, limit);
        List<Ended> found = new ArrayList<>();
        try (ResultSet row = ended.executeQuery()) {
            while (row.next()) {
                found.add(new Ended(row.getString(1), Row.read(row, 2), read(row, 4)));
            }
        }
        for (Ended one : found) {
            change(one.room, one.row, one.standing.at(now));
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
}

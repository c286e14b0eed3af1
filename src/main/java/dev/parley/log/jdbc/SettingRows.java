package dev.parley.log.jdbc;

import dev.parley.log.durable.ModerationWriter;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Standings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * The table {@code room_setting}. Not thread-safe; its statements end with their connection.
 *
 * <p>A room that a user has made has a row for ever, so that its maker is known. These rooms, and all others, have a bound each:
 * whatever users make, the settings of the others have space.
 */
final class SettingRows {
    static final String SELECT = "select slow, closed from room_setting where room = ?";

    private final PreparedStatement find;
    private final PreparedStatement add;
    private final PreparedStatement change;
    private final PreparedStatement make;
    private final PreparedStatement made;
    private final PreparedStatement allMade;
    private final PreparedStatement allOthers;
    private final PreparedStatement remove;

    SettingRows(Connection connection) throws SQLException {
        find = connection.prepareStatement(SELECT);
        add = connection.prepareStatement("insert into room_setting (slow, closed, room) values (?, ?, ?)");
        change = connection.prepareStatement("update room_setting set slow = ?, closed = ? where room = ?");
        make = connection.prepareStatement("insert into room_setting (slow, closed, room, maker) values (0, ?, ?, ?)");
        made = connection.prepareStatement("select count(*) from room_setting where maker = ?");
        allMade = connection.prepareStatement("select count(*) from room_setting where maker is not null");
        allOthers = connection.prepareStatement("select count(*) from room_setting where maker is null");
        remove = connection.prepareStatement("delete from room_setting where room = ? and maker is null");
    }

    /** Whether a user has made the room, or it has a setting. */
    boolean has(String room) throws SQLException {
        find.setString(1, room);
        try (ResultSet row = find.executeQuery()) {
            return row.next();
        }
    }

    /**
     * A user makes a room without a row.
     *
     * @throws ParleyException with {@code forbidden} if this user, or all users, have made too many
     */
    void make(String room, String maker, boolean closed) throws SQLException {
        made.setString(1, maker);
        if (StandingRows.number(made) >= Standings.MOST_MADE) {
            throw new ParleyException(
                    ErrorCode.FORBIDDEN, "you have made " + Standings.MOST_MADE + " rooms, and can't make more");
        }
        if (StandingRows.number(allMade) >= ModerationWriter.MOST_SETTINGS) {
            throw new ParleyException(
                    ErrorCode.FORBIDDEN,
                    "the users of this server have made " + ModerationWriter.MOST_SETTINGS
                            + " rooms, and can't make more");
        }
        make.setInt(1, closed ? 1 : 0);
        make.setString(2, room);
        make.setString(3, maker);
        make.executeUpdate();
    }

    /** The settings of a room, without standings. */
    Standings find(String room) throws SQLException {
        find.setString(1, room);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? new Standings(Map.of(), row.getInt(1), row.getInt(2) != 0) : Standings.NONE;
        }
    }

    /** @throws ParleyException with {@code forbidden} if there are too many rooms with settings */
    void putSlow(String room, int seconds) throws SQLException {
        put(room, seconds, find(room).closed());
    }

    /** @throws ParleyException with {@code forbidden} if there are too many rooms with settings */
    void putClosed(String room, boolean closed) throws SQLException {
        put(room, find(room).slow(), closed);
    }

    /** Nothing is kept of a room without settings that no user has made. */
    private void put(String room, int slow, boolean closed) throws SQLException {
        boolean isChanged = put(change, room, slow, closed);
        if (slow == 0 && !closed) {
            remove.setString(1, room);
            remove.executeUpdate();
        } else if (!isChanged) {
            if (StandingRows.number(allOthers) >= ModerationWriter.MOST_SETTINGS) {
                throw new ParleyException(
                        ErrorCode.FORBIDDEN,
                        "this server keeps the settings of " + ModerationWriter.MOST_SETTINGS
                                + " rooms, but not of more");
            }
            put(add, room, slow, closed);
        }
    }

    private static boolean put(PreparedStatement statement, String room, int slow, boolean closed) throws SQLException {
        statement.setInt(1, slow);
        statement.setInt(2, closed ? 1 : 0);
        statement.setString(3, room);
        return statement.executeUpdate() > 0;
    }
}

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

/** The table {@code room_setting}. Not thread-safe; its statements end with their connection. */
final class SettingRows {
    static final String SELECT = "select slow, closed from room_setting where room = ?";

    private final PreparedStatement find;
    private final PreparedStatement add;
    private final PreparedStatement change;
    private final PreparedStatement count;
    private final PreparedStatement remove;

    SettingRows(Connection connection) throws SQLException {
        find = connection.prepareStatement(SELECT);
        add = connection.prepareStatement("insert into room_setting (slow, closed, room) values (?, ?, ?)");
        change = connection.prepareStatement("update room_setting set slow = ?, closed = ? where room = ?");
        count = connection.prepareStatement("select count(*) from room_setting");
        remove = connection.prepareStatement("delete from room_setting where room = ?");
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

    /** Nothing is kept of a room without settings. */
    private void put(String room, int slow, boolean closed) throws SQLException {
        if (slow == 0 && !closed) {
            remove.setString(1, room);
            remove.executeUpdate();
        } else if (!put(change, room, slow, closed)) {
            if (StandingRows.number(count) >= ModerationWriter.MOST_SETTINGS) {
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

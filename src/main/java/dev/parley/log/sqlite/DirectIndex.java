package dev.parley.log.sqlite;

import dev.parley.log.User;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The index in which a user's direct rooms are found, in the order of their newest entries. Not thread-safe. */
final class DirectIndex {
    private final PreparedStatement put;
    private final SqliteAuthors authors;

    /** @param connection without auto-commit */
    DirectIndex(Connection connection, SqliteAuthors authors) throws SQLException {
        this.authors = authors;
        put = connection.prepareStatement("""
                insert into direct (author, room, at) values (?, ?, ?)
                on conflict (author, room) do update set at = excluded.at
                """);
    }

    /**
     * A room has a new entry. Nothing happens if it is no direct room.
     *
     * @param room its number
     * @param at the time of the entry, in milliseconds since 1970
     */
    void added(RoomName name, long room, long at) throws SQLException {
        for (String id : name.ids()) {
            put.setLong(1, authors.of(User.userKey(id)));
            put.setLong(2, room);
            put.setLong(3, at);
            put.executeUpdate();
        }
    }
}

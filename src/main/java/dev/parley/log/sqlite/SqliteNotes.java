package dev.parley.log.sqlite;

import dev.parley.log.User;
import dev.parley.log.durable.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes read marks and reserved names. Not thread-safe; its statements end with their connection. */
final class SqliteNotes {
    private final SqliteAuthors authors;
    private final PreparedStatement putMark;
    private final PreparedStatement putName;

    SqliteNotes(Connection connection, SqliteAuthors authors) throws SQLException {
        this.authors = authors;
        putMark = connection.prepareStatement("""
                insert into mark (room, author, seq) select id, ?, ? from room where name = ?
                on conflict (room, author) do update set seq = excluded.seq where excluded.seq > mark.seq
                """);
        putName = connection.prepareStatement(
                "insert into reserved_name (name, author) values (?, ?) on conflict (name) do nothing");
    }

    /** A mark in a room without entries is ignored, because such a room has no row. */
    void put(List<Mark> marks) throws SQLException {
        for (Mark mark : marks) {
            putMark.setLong(1, authors.of(mark.user()));
            putMark.setLong(2, mark.seq());
            putMark.setString(3, mark.room().value());
            putMark.executeUpdate();
        }
    }

    void reserve(List<User> users) throws SQLException {
        for (User user : users) {
            putName.setString(1, user.name().value());
            putName.setLong(2, authors.of(user.key()));
            putName.executeUpdate();
        }
    }
}

package dev.parley.log.sqlite;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The index in which a user finds the newest entries that others wrote in its direct rooms. Not thread-safe. */
final class DirectIndex {
    private final PreparedStatement put;
    private final SqliteAuthors authors;

    /** @param connection without auto-commit */
    DirectIndex(Connection connection, SqliteAuthors authors) throws SQLException {
        this.authors = authors;
        put = connection.prepareStatement("""
                insert into direct (author, room, seq, at) values (?, ?, ?, ?)
                on conflict (author, room) do update set seq = excluded.seq, at = excluded.at
                """);
    }

    /**
     * A room has a new entry. Nothing happens if it is no direct room.
     *
     * @param room its number
     */
    void added(Entry entry, long room) throws SQLException {
        for (String id : entry.room().ids()) {
            CallerId user = new CallerId(Caller.Kind.USER, id);
            if (!user.equals(entry.caller())) {
                put.setLong(1, authors.of(user.key()));
                put.setLong(2, room);
                put.setLong(3, entry.seq());
                put.setLong(4, entry.at().toEpochMilli());
                put.executeUpdate();
            }
        }
    }
}

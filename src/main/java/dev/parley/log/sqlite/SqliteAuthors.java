package dev.parley.log.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The numbers of the authors in the database. It remembers those in use. Not thread-safe; it ends with its connection. */
final class SqliteAuthors {
    private final PreparedStatement find;
    private final PreparedStatement add;
    private final Map<String, Long> remembered;

    /** @param most how many numbers are remembered */
    SqliteAuthors(Connection connection, int most) throws SQLException {
        find = connection.prepareStatement("select id from author where key = ?");
        add = connection.prepareStatement("insert into author (key) values (?) returning id");
        remembered = new LruMap<>(most);
    }

    /** The number of an author, who is added if it is new. */
    long of(String key) throws SQLException {
        Long known = remembered.get(key);
        if (known != null) {
            return known;
        }
        find.setString(1, key);
        Long author;
        try (ResultSet row = find.executeQuery()) {
            author = row.next() ? row.getLong(1) : null;
        }
        if (author == null) {
            author = add(add, key);
        }
        remembered.put(key, author);
        return author;
    }

    /** Runs an insert with one value, which returns the number of its row. */
    static long add(PreparedStatement insert, String value) throws SQLException {
        insert.setString(1, value);
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Authors that were added in a transaction may be gone. */
    void forget() {
        remembered.clear();
    }
}

package dev.parley.log.sqlite;

import dev.parley.log.jdbc.FormerAuthors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The numbers of the authors in the database. It remembers those in use. Not thread-safe; it ends with its connection. */
final class SqliteAuthors {
    private final PreparedStatement find;
    private final PreparedStatement add;
    private final FormerAuthors former;
    private final Map<String, Author> remembered;

    /** @param isBack whether a user with this key was erased not long ago */
    private record Author(long id, boolean isBack) {}

    /** @param most how many numbers are remembered */
    SqliteAuthors(Connection connection, int most, FormerAuthors former) throws SQLException {
        this.former = former;
        find = connection.prepareStatement("select id from author where key = ?");
        add = connection.prepareStatement("insert into author (key) values (?) returning id");
        remembered = new LruMap<>(most);
    }

    /** The number of an author, who is added if it is new. */
    long of(String key) throws SQLException {
        return author(key).id;
    }

    /** Whether a user with this key was erased not long ago: then its messages may come again. */
    boolean isBack(String key) throws SQLException {
        return author(key).isBack;
    }

    private Author author(String key) throws SQLException {
        Author author = remembered.get(key);
        if (author == null) {
            author = new Author(stored(key), former.has(key));
            remembered.put(key, author);
        }
        return author;
    }

    private long stored(String key) throws SQLException {
        find.setString(1, key);
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        return add(add, key);
    }

    /** Runs an insert with one value, which returns the number of its row. */
    static long add(PreparedStatement insert, String value) throws SQLException {
        insert.setString(1, value);
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Authors that were added in a transaction may be gone, and a user that was erased is another author. */
    void forget() {
        remembered.clear();
    }
}

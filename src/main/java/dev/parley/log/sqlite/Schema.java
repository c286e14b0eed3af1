package dev.parley.log.sqlite;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/**
 * The tables of a log. It migrates a SQLite database from any earlier version to the newest, each step in its own
 * transaction. Stateless.
 */
final class Schema {
    /**
     * The newest version. The steps are in {@code V1.sql}, {@code V2.sql} and so on; a released step is never changed.
     */
    static final int NEWEST = 12;

    /** The first version in which a room has the column {@code deleted}. */
    static final int FIRST_WITH_DELETED = 3;

    /** The first version with the table {@code audit}. */
    static final int FIRST_WITH_AUDIT = 5;

    /** The first version in which the table {@code audit} has the column {@code role}. */
    static final int FIRST_WITH_ROLE = 8;

    private static final int EPOCH_BYTES = 16;

    private Schema() {}

    /**
     * Creates or updates the tables.
     *
     * @return the log's epoch, which the first call makes
     * @throws ParleyException with {@code unavailable} if the database is newer than this program
     */
    static String migrate(Connection connection) throws SQLException {
        int version = version(connection);
        for (int next = version + 1; next <= NEWEST; next++) {
            run(connection, "V" + next + ".sql");
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma user_version = " + next);
            }
            connection.commit();
        }
        return epoch(connection);
    }

    /**
     * The version of the tables; 0 if there are none.
     *
     * @throws ParleyException with {@code unavailable} if the database is newer than this program
     */
    static int version(Connection connection) throws SQLException {
        int version = Integer.parseInt(Sqlite.pragma(connection, "user_version"));
        if (version > NEWEST) {
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE,
                    "the log was written by a newer Parley: its tables have version " + version
                            + ", and this program supports versions up to " + NEWEST);
        }
        return version;
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : load(script).split(";\\s*\\n")) {
                statement.execute(sql);
            }
        }
    }

    private static String load(String script) {
        try (InputStream in = Schema.class.getResourceAsStream(script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(script, e);
        }
    }

    /** Gives the log a new epoch, so that earlier positions in it are not valid any more. */
    static void renewEpoch(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update meta set value = ? where key = 'epoch'")) {
            update.setString(1, randomEpoch());
            update.executeUpdate();
        }
        connection.commit();
    }

    private static String randomEpoch() {
        byte[] random = new byte[EPOCH_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String epoch(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "insert into meta (key, value) values ('epoch', ?) on conflict (key) do nothing");
                Statement query = connection.createStatement()) {
            insert.setString(1, randomEpoch());
            insert.executeUpdate();
            connection.commit();
            try (ResultSet row = query.executeQuery("select value from meta where key = 'epoch'")) {
                row.next();
                return row.getString(1);
            }
        }
    }
}

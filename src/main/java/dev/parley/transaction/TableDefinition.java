package dev.parley.transaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/** Makes the table in a database that does not have it, and adds what a table of an earlier version lacks. Stateless. */
final class TableDefinition {
    static final String SCRIPT = "parley_outbox.sql";

    /** How long one statement may wait. Whoever needs the table tries again. */
    private static final int SECONDS = 5;

    private static final String ADD_USER_ID = "alter table parley_outbox add column user_id varchar(255)";

    private TableDefinition() {}

    /**
     * Called without a transaction. If two servers do this at the same time, one of them fails, and finds the table when it tries again.
     *
     * @throws SQLException also if the connections do not commit by themselves
     */
    static void apply(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // To change the table waits for the transactions that use it, and all others wait behind that.
            statement.setQueryTimeout(SECONDS);
            if (!connection.getAutoCommit()) {
                throw new SQLException("the data source must have auto-commit outside transactions");
            }
            if (!has(statement, "bytes")) {
                statement.execute(script());
            } else if (!has(statement, "user_id")) {
                addUserId(statement);
            }
        }
    }

    private static boolean has(Statement statement, String column) {
        try (ResultSet none = statement.executeQuery("select " + column + " from parley_outbox where id < 0")) {
            return !none.next();
        } catch (SQLException e) {
            return false;
        }
    }

    /** The table is of a version that sent for no users. Its rows are messages of the application, and that version can still use it. */
    private static void addUserId(Statement statement) throws SQLException {
        try {
            statement.execute(ADD_USER_ID);
        } catch (SQLException e) {
            throw new SQLException(
                    "the table is of an earlier version, and can't be changed (" + e.getMessage() + "). It needs: "
                            + ADD_USER_ID,
                    e);
        }
    }

    private static String script() {
        try (InputStream in = TableDefinition.class.getResourceAsStream(SCRIPT)) {
            String text = new String(Objects.requireNonNull(in, SCRIPT).readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^--.*$", "").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

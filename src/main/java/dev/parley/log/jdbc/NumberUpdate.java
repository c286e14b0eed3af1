package dev.parley.log.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Runs statements that change rows and whose parameters are all numbers. Stateless. */
final class NumberUpdate {
    private NumberUpdate() {}

    /** @param values of the parameters, in their order */
    static void run(PreparedStatement statement, long... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setLong(i + 1, values[i]);
        }
        statement.executeUpdate();
    }
}

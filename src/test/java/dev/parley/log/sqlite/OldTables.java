package dev.parley.log.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of an earlier version, with one entry: the text "old" of Ann in the lobby, under the id "a". */
final class OldTables {
    private OldTables() {}

    static void create(Connection connection, int version) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            empty(statement, version);
            statement.execute("insert into meta (key, value) values ('epoch', 'an epoch')");
            statement.execute("insert into room (id, name) values (1, 'lobby')");
            statement.execute("insert into author (id, key) values (1, 'user:ann')");
            statement.execute("insert into entry (room, seq, author, sender, client_id, at, text)"
                    + " values (1, 1, 1, 'ann', 'a', 7, 'old')");
            statement.execute("pragma user_version = " + version);
            connection.commit();
        }
    }

    /** The tables alone, without an entry, a name for the log, and the number of the version. */
    static void empty(Statement statement, int version) throws SQLException, IOException {
        for (int step = 1; step <= version; step++) {
            String script = new String(
                    Schema.class.getResourceAsStream("V" + step + ".sql").readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : script.split(";\\s*\\n")) {
                statement.execute(sql);
            }
        }
    }
}

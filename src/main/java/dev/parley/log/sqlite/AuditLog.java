package dev.parley.log.sqlite;

import dev.parley.log.jdbc.JdbcModerationReader;
import dev.parley.message.AuditEntry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the audit log of a data folder, while a server may write to it. It must run in a process of its own, for the reason
 * of {@link Backup}. Stateless.
 */
public final class AuditLog {
    private AuditLog() {}

    /**
     * Reads all entries, the oldest first.
     *
     * @param folder the data folder; nothing in it is changed
     * @throws ParleyException with {@code unavailable} if there is no log in the folder, or if it can't be read
     */
    public static void read(Path folder, Consumer<AuditEntry> each) {
        Path database = DataFolder.databaseIn(folder);
        if (!Files.isReadable(database)) {
            throw failure("there is no log in " + folder + ", or it may not be read", null);
        }
        try (Connection connection = Sqlite.readOnly(database).getConnection()) {
            if (Schema.version(connection) < Schema.FIRST_WITH_AUDIT) {
                return;
            }
            if (Schema.version(connection) < Schema.FIRST_WITH_ROLE) {
                throw failure(
                        "the log in " + database + " has tables of an earlier version: start its server once", null);
            }
            connection.setAutoCommit(false);
            JdbcModerationReader reader = new JdbcModerationReader(connection);
            long last = 0;
            List<AuditEntry> page;
            do {
                page = reader.audit(last, AuditEntry.MOST);
                page.forEach(each);
                last = page.isEmpty() ? last : page.get(page.size() - 1).number();
            } while (!page.isEmpty());
        } catch (SQLException e) {
            throw failure(Sqlite.sentence(e), e);
        }
    }

    private static ParleyException failure(String why, Exception cause) {
        return new ParleyException(ErrorCode.UNAVAILABLE, "can't read the audit log: " + why, cause);
    }
}

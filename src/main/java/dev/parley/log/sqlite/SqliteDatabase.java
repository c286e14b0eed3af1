package dev.parley.log.sqlite;

import dev.parley.log.durable.Appender;
import dev.parley.log.durable.DaemonThreads;
import dev.parley.log.durable.Database;
import dev.parley.log.durable.Reader;
import dev.parley.log.jdbc.JdbcReader;
import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.security.SessionKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/**
 * A SQLite database in its own data folder. This process has claimed the folder, so no other process writes.
 * Thread-safe; one thread watches the free space of the disk.
 */
public final class SqliteDatabase implements Database {
    private static final Logger LOG = System.getLogger(SqliteDatabase.class.getName());

    private final DataFolder folder;
    private final DataSource source;
    private final String epoch;
    private final DiskSpace space;

    private SqliteDatabase(DataFolder folder, OptionalLong diskFree, ThreadFactory threads) throws SQLException {
        this.folder = folder;
        this.source = new Sqlite(folder.database());
        try (Connection connection = source.getConnection()) {
            epoch = Schema.migrate(connection);
            // A process that was killed may have left erased content there.
            Sqlite.emptyWal(connection);
        }
        space = new DiskSpace(folder.path(), diskFree, new DaemonThreads("parley-log-space", threads));
    }

    /**
     * Opens the database in a folder, and creates both if they are missing. Waits for the disk.
     *
     * @param diskFree the bytes of the disk that must stay free: below it no attachments are stored, below half of it
     *     no texts either; empty for 256 MiB, but at most a tenth of the disk
     * @param threads makes the database's one thread, which becomes a daemon thread
     * @throws ParleyException with {@code unavailable} if another Parley uses the folder, or the log in it can't be
     *     opened or was written by a newer Parley
     */
    public static SqliteDatabase open(Path folder, OptionalLong diskFree, ThreadFactory threads) {
        DataFolder claimed = DataFolder.claim(folder);
        try {
            claimed.prepareDatabase();
            return new SqliteDatabase(claimed, diskFree, threads);
        } catch (SQLException e) {
            free(claimed);
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, "can't open the log " + claimed.database() + ": " + Sqlite.sentence(e), e);
        } catch (RuntimeException | Error e) {
            free(claimed);
            throw e;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public byte[] sessionKey() {
        return SessionKey.of(folder.path());
    }

    @Override
    public Appender appender() throws SQLException {
        return new SqliteAppender(source.getConnection(), epoch);
    }

    @Override
    public Reader reader() throws SQLException {
        return new JdbcReader(source.getConnection());
    }

    @Override
    public boolean concernsOneRow(SQLException failure) {
        return Sqlite.concernsOneRow(failure);
    }

    @Override
    public void checkSpace(Body body) {
        space.check(body);
    }

    @Override
    public void close() {
        space.close();
        free(folder);
    }

    private static void free(DataFolder folder) {
        try {
            Sqlite.forgetDriver();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.log(Level.WARNING, "SQLite's driver can't be deregistered", e);
        }
        folder.close();
    }

    @Override
    public String toString() {
        return folder.database().toString();
    }
}

package dev.parley.log.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * Opens the SQLite database of a log and interprets its errors. Only this class and {@link SqliteLibrary} use SQLite's
 * driver. Thread-safe; its connections are not, and are returned with auto-commit off.
 */
final class Sqlite extends SQLiteDataSource {
    private static final int BUSY_MILLIS = 5_000;
    private static final int PURGE_MILLIS = 50;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int WAL_PAGES = 4_000;
    private static final int WAL_KEPT_BYTES = 64 << 20;

    /** SQLite's error codes for a row that can't be stored; all other codes concern the whole database. */
    private static final Set<SQLiteErrorCode> ONE_ROW =
            Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT, SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH);

    Sqlite(Path file) {
        super(config());
        setUrl(url(file));
    }

    /**
     * Opens a database only for reading. Such a connection changes nothing: it neither empties nor removes the files
     * beside the database, even if other processes use it.
     */
    static DataSource readOnly(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return source(config, file);
    }

    /** Opens a database that no other process uses. Its journal mode is not changed; each commit is durable. */
    static DataSource unshared(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        return source(config, file);
    }

    private static DataSource source(SQLiteConfig config, Path file) {
        SQLiteDataSource source = new SQLiteDataSource(config) {
            @Override
            public SQLiteConnection getConnection(String user, String password) throws SQLException {
                SqliteLibrary.load();
                return super.getConnection(user, password);
            }
        };
        source.setUrl(url(file));
        return source;
    }

    /** A URI, because the driver treats a question mark in a plain file name as the end of the name. */
    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toUri().toASCIIString();
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setWalAutocheckpoint(WAL_PAGES);
        config.setJournalSizeLimit(WAL_KEPT_BYTES);
        config.setCacheSize(-CACHE_KIB);
        // By default the driver asks for generated keys after every insert.
        config.setGetGeneratedKeys(false);
        return config;
    }

    @Override
    public SQLiteConnection getConnection(String user, String password) throws SQLException {
        SqliteLibrary.load();
        SQLiteConnection connection = super.getConnection(user, password);
        try {
            // SQLite ignores a setting that it can't apply, such as WAL on a file system without shared memory.
            demand(connection, "journal_mode", "wal");
            demand(connection, "synchronous", "2");
            // On macOS a plain fsync leaves the data in the disk's own cache. SQLiteConfig misspells this pragma.
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma fullfsync = 1");
                // The content of deleted rows is overwritten.
                statement.execute("pragma secure_delete = 1");
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void demand(Connection connection, String pragma, String wanted) throws SQLException {
        String found = pragma(connection, pragma);
        if (!wanted.equals(found)) {
            throw new SQLException("SQLite runs with " + pragma + "=" + found + " here, but a log needs " + wanted);
        }
    }

    /**
     * Copies the WAL into the database and makes it an empty file. Waits only a moment for readers.
     *
     * @param connection without an open transaction
     * @return false if a reader was in the way
     */
    static boolean emptyWal(Connection connection) throws SQLException {
        // In a transaction, SQLite makes no checkpoint.
        connection.setAutoCommit(true);
        try {
            pragma(connection, "busy_timeout = " + PURGE_MILLIS);
            return "0".equals(pragma(connection, "wal_checkpoint(truncate)"));
        } finally {
            pragma(connection, "busy_timeout = " + BUSY_MILLIS);
            connection.setAutoCommit(false);
        }
    }

    /** Temporary tables of this connection need no folder for temporary files, and nothing of the log gets into one. */
    static void keepTemporaryInMemory(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma temp_store = memory");
        }
    }

    /** Runs a pragma, and returns its first value. */
    static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma " + name)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** The failure as a sentence; if SQLite's library can't be loaded, it also says what to do. */
    static String sentence(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // The usual reason is a folder from which no programs may be run (mount option noexec).
            if (cause instanceof NativeLibraryNotFoundException || cause instanceof UnsatisfiedLinkError) {
                String folder = System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
                return "SQLite's native library can't be loaded from " + folder
                        + "; -Dorg.sqlite.tmpdir names another folder, from which programs may be run";
            }
        }
        return e.getMessage();
    }

    /** Whether the failure is that another process or connection has locked the database. */
    static boolean isBusy(SQLException e) {
        // The lowest byte is the kind of error; the other bytes are details.
        return (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    /** Whether a statement failed because of its own row, so that other rows can still be stored. */
    static boolean concernsOneRow(SQLException e) {
        return ONE_ROW.contains(SQLiteErrorCode.getErrorCode(e.getErrorCode()));
    }

    /**
     * Removes the driver from {@link DriverManager}, where it would keep an undeployed application in memory. Does
     * nothing in the system class loader: that one is never unloaded, and other code may use the driver there.
     */
    static void forgetDriver() throws SQLException {
        ClassLoader own = Sqlite.class.getClassLoader();
        if (own == ClassLoader.getSystemClassLoader()) {
            return;
        }
        for (Driver driver : DriverManager.drivers().toList()) {
            if (driver.getClass().getClassLoader() == own && driver instanceof org.sqlite.JDBC) {
                DriverManager.deregisterDriver(driver);
            }
        }
    }
}

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
 * The SQLite database of a log: how it is opened and what its errors mean; the only class that knows SQLite's driver.
 * Thread-safe; its connections are not, and are given with auto-commit off.
 */
final class Sqlite extends SQLiteDataSource {
    private static final int BUSY_MILLIS = 5_000;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int WAL_PAGES = 4_000;
    private static final int WAL_KEPT_BYTES = 64 << 20;

    /** What SQLite answers when it is one row that can't be stored; everything else is about the whole database. */
    private static final Set<SQLiteErrorCode> ONE_ROW =
            Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT, SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH);

    Sqlite(Path file) {
        super(config());
        setUrl(url(file));
    }

    /**
     * A database that is only read, and stays as it is, whoever else uses it: such a connection neither empties nor
     * removes the files beside it.
     */
    static DataSource readOnly(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return source(config, file);
    }

    /** A database that nobody else uses. Its journal stays of the kind that it is; each commit is durable. */
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

    /** A URI, because the driver takes a question mark in a plain file name for the end of it. */
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
        // Asked for after every insert otherwise.
        config.setGetGeneratedKeys(false);
        return config;
    }

    @Override
    public SQLiteConnection getConnection(String user, String password) throws SQLException {
        SqliteLibrary.load();
        SQLiteConnection connection = super.getConnection(user, password);
        try {
            // SQLite ignores what it can't do, such as WAL on a file system without shared memory.
            demand(connection, "journal_mode", "wal");
            demand(connection, "synchronous", "2");
            // macOS: a plain fsync leaves the data in the disk's own cache. SQLiteConfig misspells this pragma.
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma fullfsync = 1");
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
            throw new SQLException("SQLite runs with " + pragma + "=" + found + " here; a log needs " + wanted);
        }
    }

    /** What a setting of SQLite is. */
    static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma " + name)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** What went wrong, in words; where SQLite's library could not be loaded, what to do about it. */
    static String sentence(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // Where programs may not be run from it (mount option noexec), mostly.
            if (cause instanceof NativeLibraryNotFoundException || cause instanceof UnsatisfiedLinkError) {
                String folder = System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
                return "SQLite's native library can't be loaded from " + folder
                        + "; -Dorg.sqlite.tmpdir names another folder, from which programs may be run";
            }
        }
        return e.getMessage();
    }

    /** Whether another process uses the database in a way that excludes what was tried. */
    static boolean isBusy(SQLException e) {
        // The lower byte is the kind; the others tell more about it.
        return (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    /** Whether a statement failed because of its own row, so that others may still succeed. */
    static boolean concernsOneRow(SQLException e) {
        return ONE_ROW.contains(SQLiteErrorCode.getErrorCode(e.getErrorCode()));
    }

    /**
     * Takes back what loading the driver left in {@link DriverManager}, which would keep an undeployed application in
     * memory. The JVM's own class loader stays anyway, and others there may use the driver.
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

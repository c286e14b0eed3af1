package dev.parley.log.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library so that no copy of it stays in the temporary folder. The driver (sqlite-jdbc 3.54)
 * unpacks a copy for each class loader and deletes it only when the JVM ends, so each redeployment would leave another
 * copy there. Thread-safe.
 */
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.tmpdir";

    /**
     * A string literal is the same object in every class loader, so two applications in one JVM never load at the same
     * time.
     */
    private static final String JVM_WIDE = "dev.parley.log.SqliteLibrary.loading";

    private static boolean loaded;

    private SqliteLibrary() {}

    /**
     * Loads the library unless this class loader has loaded it.
     *
     * @throws SQLException if no copy can be written to the temporary folder and loaded from there
     */
    static void load() throws SQLException {
        synchronized (JVM_WIDE) {
            if (!loaded) {
                Thread current = Thread.currentThread();
                ClassLoader before = current.getContextClassLoader();
                // The driver runs a program (uname). The JVM's thread that waits for its end lives for one minute, and
                // would keep the application's class loader for that time.
                current.setContextClassLoader(ClassLoader.getPlatformClassLoader());
                try {
                    loadOnce();
                } catch (Exception e) {
                    throw new SQLException("SQLite's native library can't be loaded: " + e.getMessage(), e);
                } finally {
                    current.setContextClassLoader(before);
                }
                loaded = true;
            }
        }
    }

    private static void loadOnce() throws Exception {
        String before = System.getProperty(FOLDER);
        Path parent = Path.of(before != null ? before : System.getProperty("java.io.tmpdir"));
        // Windows can't delete a library that is in use. There the driver deletes old copies from its own folder at its
        // next start.
        boolean deletable = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!deletable || System.getProperty("org.sqlite.lib.path") != null || !Files.isDirectory(parent)) {
            SQLiteJDBCLoader.initialize();
            return;
        }
        Path own = Files.createTempDirectory(parent, "parley-sqlite-");
        System.setProperty(FOLDER, own.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            if (before != null) {
                System.setProperty(FOLDER, before);
            } else {
                System.clearProperty(FOLDER);
            }
            delete(own);
        }
    }

    /** Deletes the copy. A library that is mapped into memory works without its file name. */
    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(folder);
    }
}

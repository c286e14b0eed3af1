package dev.parley.log.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, loaded so that no file of it stays behind. The driver (sqlite-jdbc 3.54) unpacks a copy for
 * each class loader and deletes it when the JVM ends, so that each redeployment would leave one in the temporary folder.
 * Thread-safe.
 */
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.tmpdir";

    /** A literal is the same object in every class loader: two applications of one JVM never load at the same time. */
    private static final String JVM_WIDE = "dev.parley.log.SqliteLibrary.loading";

    private static boolean loaded;

    private SqliteLibrary() {}

    /**
     * Loads the library unless this class loader has it.
     *
     * @throws SQLException if no copy of it can be written to the temporary folder and loaded from there
     */
    static void load() throws SQLException {
        synchronized (JVM_WIDE) {
            if (!loaded) {
                Thread current = Thread.currentThread();
                ClassLoader before = current.getContextClassLoader();
                // The driver runs a program (uname). The JVM's thread that waits for its end lives for a minute, and
                // would keep the application's class loader so long.
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
        // Windows deletes no library that is in use; there the driver clears away at its next start, from its own
        // folder.
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

    /** What is mapped into memory stays usable without its name. */
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

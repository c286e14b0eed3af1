package dev.parley.log.sqlite;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Replaces a log with a backup. One object serves one restore.
 *
 * <pre>
 *   copy the file beside the log ──▶ check the copy, give it a new epoch ──▶ fsync
 *       ──▶ fold the old log into one file ──▶ give it a second name ──▶ rename the copy over its first name
 * </pre>
 *
 * If it stops at any point, the folder holds one complete log: the old one or the new one. The new epoch is necessary
 * because the restored log gives numbers again that clients have seen: without it, a client would take new entries for
 * the ones that it knows.
 */
public final class Restore {
    private static final String COPY = "parley.db.restore";
    private static final String KEPT = "parley.db.before-";
    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final DataFolder folder;
    private final Path copy;

    private Restore(Path file, DataFolder folder) {
        this.file = file;
        this.folder = folder;
        this.copy = folder.path().resolve(COPY);
    }

    /**
     * The result of a restore.
     *
     * @param contents the contents of the new log
     * @param kept the file of the log that was there before; empty if there was none. It is one complete file, unless
     *     that log was damaged
     * @param isPlainCopy whether the file was a copy of {@code parley.db} without its {@code parley.db-wal}: entries of
     *     that second file are missing then
     */
    public record Restored(Backup.Contents contents, Optional<Path> kept, boolean isPlainCopy) {}

    /**
     * Restores a log.
     *
     * @param file a file of {@link Backup}, or a copy of {@code parley.db}; it is not changed
     * @param folder the data folder; created if it is missing
     * @throws ParleyException with {@code unavailable} if a server uses the folder, or the file is no complete log that
     *     this program can read; then the log in the folder is unchanged
     */
    public static Restored restore(Path file, Path folder) {
        if (!Files.isRegularFile(file)) {
            throw failure("there is no file " + file, null);
        }
        try (DataFolder claimed = DataFolder.claim(folder)) {
            Restore restore = new Restore(file.toAbsolutePath(), claimed);
            try {
                return restore.run();
            } catch (SQLException e) {
                throw failure(Sqlite.sentence(e), e);
            } catch (IOException e) {
                throw failure(FileTrouble.sentence(e), e);
            } finally {
                restore.deleteCopy();
            }
        }
    }

    private static ParleyException failure(String why, Exception cause) {
        return new ParleyException(ErrorCode.UNAVAILABLE, "can't restore the log: " + why, cause);
    }

    private Restored run() throws SQLException, IOException {
        deleteCopy();
        boolean isPlainCopy = copyFile();
        Backup.Contents contents = check();
        DurableFiles.force(copy);
        OwnerOnly.giveTo(copy, folder.path());
        Optional<Path> kept = Optional.empty();
        if (Files.exists(folder.database())) {
            kept = Optional.of(keep());
        }
        Files.move(copy, folder.database(), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceFolderOf(copy);
        return new Restored(contents, kept, isPlainCopy);
    }

    private boolean copyFile() throws IOException {
        copy(file, copy);
        Path wal = beside(file, "-wal");
        boolean hasWal = Files.isRegularFile(wal) && Files.size(wal) > 0;
        if (hasWal) {
            copy(wal, beside(copy, "-wal"));
        }
        return isInWalMode(copy) && !hasWal;
    }

    private static void copy(Path from, Path to) throws IOException {
        OwnerOnly.createFile(to);
        try (InputStream in = Files.newInputStream(from);
                var out = Channels.newOutputStream(Files.newByteChannel(to, StandardOpenOption.WRITE))) {
            in.transferTo(out);
        }
    }

    /** The 19th byte of a database is its write version; 2 means WAL (section 1.3 of SQLite's file format). */
    private static boolean isInWalMode(Path database) throws IOException {
        try (InputStream in = Files.newInputStream(database)) {
            byte[] header = in.readNBytes(20);
            return header.length == 20 && header[18] == 2;
        }
    }

    private static Path beside(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    private Backup.Contents check() throws IOException {
        try (Connection connection = Sqlite.unshared(copy).getConnection()) {
            if (Schema.version(connection) == 0) {
                throw failure(file + " contains no log of Parley", null);
            }
            String damage = Sqlite.pragma(connection, "integrity_check(1)");
            if (!"ok".equals(damage)) {
                throw failure(file + " is damaged: " + damage, null);
            }
            foldIntoOneFile(connection);
            connection.setAutoCommit(false);
            Schema.migrate(connection);
            Schema.renewEpoch(connection);
            Backup.Contents contents = Backup.Contents.of(connection, copy);
            connection.rollback();
            return contents;
        } catch (SQLException e) {
            throw failure(file + " is no whole log of Parley: " + Sqlite.sentence(e), e);
        }
    }

    /** Moves the contents of the WAL file into the database. Fails if another process has the database open. */
    private static void foldIntoOneFile(Connection connection) throws SQLException {
        String mode = Sqlite.pragma(connection, "journal_mode = delete");
        if (!"delete".equals(mode)) {
            throw new SQLException("its journal mode stays " + mode);
        }
    }

    /** Gives the old log a second name. */
    private Path keep() throws IOException {
        Path kept = folder.path().resolve(KEPT + TIME.format(Instant.now()));
        DataSource old = Sqlite.unshared(folder.database());
        try (Connection connection = old.getConnection()) {
            foldIntoOneFile(connection);
        } catch (SQLException e) {
            if (Sqlite.isBusy(e)) {
                throw failure("another process, such as a backup, uses " + folder.database(), e);
            }
            // The log is damaged; perhaps that is why it is restored. All its files are kept unchanged.
            for (String ending : BESIDE) {
                Path part = beside(folder.database(), ending);
                if (Files.exists(part)) {
                    Files.move(part, beside(kept, ending));
                }
            }
        }
        try {
            // A second name for the same file: the log keeps its first name until the new log replaces it.
            Files.createLink(kept, folder.database());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(folder.database(), kept, StandardCopyOption.COPY_ATTRIBUTES);
            DurableFiles.force(kept);
        }
        return kept;
    }

    private void deleteCopy() {
        DurableFiles.deleteQuietly(copy);
        BESIDE.forEach(ending -> DurableFiles.deleteQuietly(beside(copy, ending)));
    }
}

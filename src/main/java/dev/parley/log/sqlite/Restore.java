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
 * Puts a backup in the place of a log. Stateless.
 *
 * <pre>
 *   copy the file beside the log ──▶ check the copy, give it a new epoch ──▶ fsync
 *       ──▶ fold the old log into one file ──▶ give it a second name ──▶ rename the copy over its first name
 * </pre>
 *
 * Whatever stops it in between, the folder holds one whole log: the old one, or the new one. The new epoch is what keeps
 * a client that was there before from taking new entries for those that it knows under the same numbers.
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
     * What was done.
     *
     * @param contents of the new log
     * @param kept the log that was there before, one whole file; empty where there was none
     * @param isPlainCopy whether the file was a copy of {@code parley.db}: what stood beside it in {@code parley.db-wal}
     *     is missing, unless that was copied too
     */
    public record Restored(Backup.Contents contents, Optional<Path> kept, boolean isPlainCopy) {}

    /**
     * Restores a log.
     *
     * @param file of {@link Backup}, or a copy of {@code parley.db}; it stays as it is
     * @param folder the data folder; made where it is missing
     * @throws ParleyException with {@code unavailable} when a server uses the folder, or the file is no whole log that
     *     this program can read; the log in the folder is as it was then
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

    /** The 19th byte of a database tells how it is written (section 1.3 of SQLite's file format). */
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
                throw failure(file + " holds no log of Parley's", null);
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
            throw failure(file + " is no whole log of Parley's: " + Sqlite.sentence(e), e);
        }
    }

    /** What stands in the file beside the database goes into the database. Fails where another process has it open. */
    private static void foldIntoOneFile(Connection connection) throws SQLException {
        String mode = Sqlite.pragma(connection, "journal_mode = delete");
        if (!"delete".equals(mode)) {
            throw new SQLException("its journal stays " + mode);
        }
    }

    /** Gives the old log another name, beside its own. */
    private Path keep() throws IOException {
        Path kept = folder.path().resolve(KEPT + TIME.format(Instant.now()));
        DataSource old = Sqlite.unshared(folder.database());
        try (Connection connection = old.getConnection()) {
            foldIntoOneFile(connection);
        } catch (SQLException e) {
            if (Sqlite.isBusy(e)) {
                throw failure("another process, such as a backup, uses " + folder.database(), e);
            }
            // Damaged: perhaps the very reason for restoring. What is there is kept as it is.
            for (String ending : BESIDE) {
                Path part = beside(folder.database(), ending);
                if (Files.exists(part)) {
                    Files.move(part, beside(kept, ending));
                }
            }
        }
        try {
            // A second name: the log has its first one until the new one takes it.
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

package dev.parley.log.sqlite;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one log, claimed for as long as this is open. Thread-safe.
 *
 * <p>Two claims are needed. The file lock excludes other processes, the system property other class loaders of this JVM.
 * On POSIX systems closing any channel of the locked file frees the lock, so that a second deployment would break the
 * first one's lock merely by trying: the property is therefore claimed first. SQLite's own locks have the same flaw where
 * two class loaders each load a copy of it.
 *
 * <p>The folder and its files are for their owner alone, see {@link OwnerOnly}. A folder that holds other files too keeps
 * its mode: it may be {@code /tmp}, or someone's home.
 */
final class DataFolder implements AutoCloseable {
    private static final String CLAIM = "dev.parley.log.folder:";
    private static final String DATABASE = "parley.db";
    private static final String LOCK = "parley.lock";
    private static final String PREFIX = "parley.";
    /** The key that signs sessions; whoever makes it keeps it from others. */
    private static final String SESSION_KEY = "session.key";

    private static final List<String> FILES = List.of(DATABASE, DATABASE + "-wal", DATABASE + "-shm", LOCK);

    private final Path path;
    private final String claim;
    private final FileChannel lock;

    private DataFolder(Path path, String claim, FileChannel lock) {
        this.path = path;
        this.claim = claim;
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing, and claims it.
     *
     * @throws ParleyException with {@code unavailable} when it is claimed already, here or by another process, or can't
     *     be made or written
     */
    static DataFolder claim(Path folder) {
        try {
            // createDirectories refuses a symbolic link to a folder before JDK 19.
            if (!Files.isDirectory(folder)) {
                create(folder);
            }
            Path path = folder.toRealPath();
            String claim = CLAIM + path;
            if (System.getProperties().putIfAbsent(claim, DataFolder.class.getName()) != null) {
                throw taken(path);
            }
            try {
                closeToOthers(path);
                return new DataFolder(path, claim, lock(path));
            } catch (IOException | RuntimeException e) {
                System.getProperties().remove(claim);
                throw e;
            }
        } catch (IOException e) {
            throw unusable(folder, FileTrouble.sentence(e), e);
        }
    }

    private static void create(Path folder) throws IOException {
        try {
            OwnerOnly.createFolders(folder);
        } catch (FileAlreadyExistsException e) {
            throw unusable(folder, e.getFile() + " is a file and no folder", e);
        }
    }

    private static ParleyException unusable(Path folder, String why, IOException cause) {
        return new ParleyException(
                ErrorCode.UNAVAILABLE,
                "can't write to the data folder " + folder + ": " + why + "; parley.data can name another folder",
                cause);
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = OwnerOnly.open(path.resolve(LOCK));
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Locked by this JVM under another path: the same as locked by anyone.
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw taken(path);
    }

    private static ParleyException taken(Path path) {
        return new ParleyException(
                ErrorCode.UNAVAILABLE,
                "another Parley uses the data folder " + path
                        + ": each server needs a folder of its own, see parley.data");
    }

    private static void closeToOthers(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            if (files.allMatch(DataFolder::isOurs)) {
                OwnerOnly.tighten(path);
            }
        }
        FILES.stream().map(path::resolve).forEach(OwnerOnly::tighten);
    }

    /** A file of a log, or the folder of another application's log, which lies in that of the application at the root. */
    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) || name.equals(SESSION_KEY) || Files.exists(file.resolve(LOCK));
    }

    Path path() {
        return path;
    }

    Path database() {
        return databaseIn(path);
    }

    /** The database in a folder, claimed or not. */
    static Path databaseIn(Path folder) {
        return folder.resolve(DATABASE);
    }

    /** Makes the database an empty file where it is missing: SQLite gives the files beside it the mode of this one. */
    void prepareDatabase() {
        try {
            if (!Files.exists(database())) {
                OwnerOnly.createFile(database());
            }
        } catch (IOException e) {
            throw unusable(path, FileTrouble.sentence(e), e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "can't free the data folder " + path, e);
        } finally {
            System.getProperties().remove(claim);
        }
    }
}

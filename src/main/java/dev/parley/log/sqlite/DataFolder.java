package dev.parley.log.sqlite;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.security.SessionKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one log, claimed until this object is closed. Thread-safe.
 *
 * <p>Two claims are needed. The file lock excludes other processes, the system property other class loaders of this
 * JVM. On POSIX systems, closing any channel of the locked file releases the lock. So a second deployment that only
 * tries the lock would release the lock of the first; therefore the property is claimed first. SQLite's own locks have
 * the same problem if two class loaders each load a copy of SQLite.
 *
 * <p>Only the owner has access to the folder and its files, see {@link OwnerOnly}. A folder that also contains other
 * files keeps its mode: it may be {@code /tmp} or a home directory.
 */
final class DataFolder implements AutoCloseable {
    private static final String CLAIM = "dev.parley.log.folder:";
    private static final String DATABASE = "parley.db";
    private static final String LOCK = "parley.lock";
    private static final String PREFIX = "parley.";

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
     * Creates the folder if it is missing, and claims it.
     *
     * @throws ParleyException with {@code unavailable} if the folder is claimed already, by this process or another
     *     one, or can't be created or written
     */
    static DataFolder claim(Path folder) {
        try {
            // Before JDK 19, createDirectories rejects a symbolic link to a folder.
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
            // This JVM locked the file under another path: that counts as taken too.
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
                        + ": each server needs a folder of its own, see parley.data and parley.outbox.store");
    }

    private static void closeToOthers(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            if (files.allMatch(DataFolder::isOurs)) {
                OwnerOnly.tighten(path);
            }
        }
        FILES.stream().map(path::resolve).forEach(OwnerOnly::tighten);
    }

    /**
     * Whether this is a file of a log, or the folder of another application's log: the folder of the application at the
     * root context contains the folders of the others.
     */
    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) || name.equals(SessionKey.FILE) || Files.exists(file.resolve(LOCK));
    }

    Path path() {
        return path;
    }

    Path database() {
        return databaseIn(path);
    }

    /** The database file in a folder, which need not be claimed. */
    static Path databaseIn(Path folder) {
        return folder.resolve(DATABASE);
    }

    /** Creates an empty database file if it is missing, because SQLite gives the files beside it the same mode. */
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
            throw new ParleyException(ErrorCode.UNAVAILABLE, "can't release the data folder " + path, e);
        } finally {
            System.getProperties().remove(claim);
        }
    }
}

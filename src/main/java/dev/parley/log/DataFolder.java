package dev.parley.log;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of one log, claimed for as long as this is open. Thread-safe.
 *
 * <p>Two claims stand for each other's weakness. The file lock keeps other processes out. Within one JVM it is not
 * enough, and worse: on POSIX systems closing any channel of the locked file frees the lock, so that a second deployment
 * would break the first one's merely by trying. A system property, seen by every class loader, is therefore claimed
 * first. SQLite's own locks have the same flaw where two class loaders each load a copy of it.
 */
final class DataFolder implements AutoCloseable {
    private static final String CLAIM = "dev.parley.log.folder:";

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
                Files.createDirectories(folder);
            }
            Path path = folder.toRealPath();
            String claim = CLAIM + path;
            if (System.getProperties().putIfAbsent(claim, DataFolder.class.getName()) != null) {
                throw taken(path);
            }
            try {
                return new DataFolder(path, claim, lock(path));
            } catch (IOException | RuntimeException e) {
                System.getProperties().remove(claim);
                throw e;
            }
        } catch (IOException e) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "can't write to the data folder " + folder + ": " + e, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("parley.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

    Path database() {
        return path.resolve("parley.db");
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

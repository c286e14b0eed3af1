package dev.parley.log.sqlite;

import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Watches the free space of the disk. Below a floor no attachments are stored, below half of it no texts either, so
 * that the log never fills the disk and history can still be read. Thread-safe; it checks every second, on a thread of
 * its own, because a disk may not answer.
 */
final class DiskSpace implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DiskSpace.class.getName());
    private static final long MOST_BY_DEFAULT = 256L << 20;
    private static final int PART_BY_DEFAULT = 10;

    private final Path folder;
    private final OptionalLong floor;
    private final ScheduledExecutorService timer;
    private volatile Storing stored = Storing.ALL;

    /** The kinds of messages that are stored, in the order in which space becomes short. */
    private enum Storing {
        ALL("the disk has space again: all messages are stored"),
        TEXTS(
                "the disk is nearly full: attachments are not stored until it has more space (the setting parley.disk.free)"),
        NOTHING(
                "the disk is nearly full: no messages are stored until it has more space (the setting parley.disk.free)");

        private final String sentence;

        Storing(String sentence) {
            this.sentence = sentence;
        }
    }

    /**
     * @param folder a folder on the disk
     * @param floor in bytes; empty for the default: 256 MiB, but at most a tenth of the disk
     */
    DiskSpace(Path folder, OptionalLong floor, ThreadFactory threads) {
        this.folder = folder;
        this.floor = floor;
        measure();
        this.timer = Executors.newSingleThreadScheduledExecutor(threads);
        timer.scheduleWithFixedDelay(this::measure, 1, 1, TimeUnit.SECONDS);
    }

    /** @throws ParleyException with {@code unavailable} if there is not enough space for this kind of body */
    void check(Body body) {
        Storing now = stored;
        boolean isText = switch (body.form()) {
            case TEXT, DATA, REFERENCE -> true;
            case ATTACHMENT -> false;
        };
        if (now == Storing.ALL || now == Storing.TEXTS && isText) {
            return;
        }
        throw new ParleyException(
                ErrorCode.UNAVAILABLE,
                now == Storing.TEXTS
                        ? "the server's disk is nearly full and can't store attachments now; try again later"
                        : "the server's disk is nearly full; try again later");
    }

    private void measure() {
        try {
            FileStore disk = Files.getFileStore(folder);
            long least = floor.isPresent()
                    ? floor.getAsLong()
                    : Math.min(MOST_BY_DEFAULT, disk.getTotalSpace() / PART_BY_DEFAULT);
            long free = disk.getUsableSpace();
            Storing now = free >= least ? Storing.ALL : free >= least / 2 ? Storing.TEXTS : Storing.NOTHING;
            if (now != stored) {
                stored = now;
                LOG.log(now == Storing.ALL ? Level.INFO : Level.WARNING, now.sentence);
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.DEBUG, "the free space of the disk can't be read", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

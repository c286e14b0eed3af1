package dev.parley.log.durable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Checks every 250 ms whether the disk still answers, because the threads that wait for it can't. Thread-safe; its one
 * thread does not access the disk.
 */
final class StallWatch implements AutoCloseable {
    /** The pause between two checks; a read may fail later by this much. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Logger LOG = System.getLogger(StallWatch.class.getName());

    private final Writer writer;
    private final Readers readers;
    private final ScheduledExecutorService timer;
    private boolean stalled;

    StallWatch(Writer writer, Readers readers, ThreadFactory threads) {
        this.writer = writer;
        this.readers = readers;
        timer = Executors.newSingleThreadScheduledExecutor(threads);
    }

    void start() {
        timer.scheduleWithFixedDelay(this::check, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        try {
            report(writer.isStalled());
            readers.failStalled();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a check of the disk failed; the next check follows", e);
        }
    }

    private void report(boolean now) {
        if (now && !stalled) {
            LOG.log(Level.ERROR, "the disk does not answer; messages are refused until it does");
        } else if (!now && stalled) {
            LOG.log(Level.INFO, "the disk answers again");
        }
        stalled = now;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

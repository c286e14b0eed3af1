package dev.parley.log.durable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Looks from time to time whether the disk still answers: whoever waits for it can't say so. Thread-safe; its one thread
 * touches no disk.
 */
final class StallWatch implements AutoCloseable {
    /** What those may be late by who are told that the disk doesn't answer. */
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
        timer.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            report(writer.isStalled());
            readers.giveUpTheStuck();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a look at the disk failed; there will be others", e);
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

package dev.parley.endpoint;

import java.time.Duration;

/**
 * How long a peer is given to take what was sent last, the close frame among it: {@value #IDLE_SECONDS} s without progress,
 * and {@value #MOST_SECONDS} s in all. So a slow phone learns why it was closed, and a peer that reads one byte now and then
 * stays no longer. Not thread-safe.
 */
final class Grace {
    private static final int IDLE_SECONDS = 5;
    private static final int MOST_SECONDS = 30;
    private static final long IDLE = Duration.ofSeconds(IDLE_SECONDS).toNanos();
    private static final long MOST = Duration.ofSeconds(MOST_SECONDS).toNanos();

    private final long since;
    private long progress;
    private long unsent;

    /** @param now as {@link System#nanoTime} @param unsent in bytes */
    Grace(long now, long unsent) {
        this.since = now;
        this.progress = now;
        this.unsent = unsent;
    }

    /** To be asked about once a second. @param now as {@link System#nanoTime} @param left how many bytes are unsent now */
    boolean isOver(long now, long left) {
        if (left < unsent) {
            progress = now;
        }
        unsent = left;
        return now - progress > IDLE || now - since > MOST;
    }
}

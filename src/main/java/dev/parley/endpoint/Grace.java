package dev.parley.endpoint;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a peer is given to take what was sent last, the close frame among it: {@value #IDLE_SECONDS} s without progress,
 * and {@value #MOST_SECONDS} s in all. So a slow phone learns why it was closed, and a peer that reads one byte now and then
 * stays no longer. Not thread-safe.
 */
final class Grace {
    private static final int IDLE_SECONDS = 5;
    private static final int MOST_SECONDS = 30;
    private static final long FIRST_LOOK = Duration.ofSeconds(1).toNanos();
    private static final long IDLE = Duration.ofSeconds(IDLE_SECONDS).toNanos();
    private static final long MOST = Duration.ofSeconds(MOST_SECONDS).toNanos();

    private static final long UNKNOWN = -1;

    private final long since;
    private long progress;
    private long unsent = UNKNOWN;

    /** @param now as {@link System#nanoTime} */
    Grace(long now) {
        this.since = now;
        this.progress = now;
    }

    /**
     * To be asked about once a second.
     *
     * @param now as {@link System#nanoTime}
     * @param untaken says how many bytes the peer has not taken; not asked within the first second, after which few are left
     */
    boolean isOver(long now, LongSupplier untaken) {
        if (now - since < FIRST_LOOK) {
            return false;
        }
        long left = untaken.getAsLong();
        if (left < unsent) {
            progress = now;
        }
        unsent = left;
        return now - progress > IDLE || now - since > MOST;
    }
}

package dev.parley.transport;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that a peer has to receive the last bytes, the close frame among them: {@value #IDLE_SECONDS} s without
 * progress, and {@value #MOST_SECONDS} s altogether. A slow phone still gets the reason of the close, and a peer that
 * reads one byte now and then can't stay. Not thread-safe.
 */
public final class Grace {
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
    public Grace(long now) {
        this.since = now;
        this.progress = now;
    }

    /**
     * Whether the time is over. Called about once a second.
     *
     * @param now as {@link System#nanoTime}
     * @param untaken gives the number of bytes that the peer has not received; it isn't called in the first second,
     *     because most connections have ended after it
     */
    public boolean isOver(long now, LongSupplier untaken) {
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

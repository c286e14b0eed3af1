package dev.parley.log.durable;

import java.time.Duration;

/**
 * Measures how long one thread has been waiting for the disk. Only that thread calls {@link #begin} and {@link #end};
 * any thread may call {@link #isLongerThan}.
 */
final class DatabaseWait {
    private static final long NONE = 0;

    /** As {@link System#nanoTime}, but never {@value #NONE} during a wait. */
    private volatile long since = NONE;

    void begin() {
        since = System.nanoTime() | 1;
    }

    void end() {
        since = NONE;
    }

    boolean isLongerThan(Duration duration) {
        long begun = since;
        return begun != NONE && System.nanoTime() - begun > duration.toNanos();
    }
}

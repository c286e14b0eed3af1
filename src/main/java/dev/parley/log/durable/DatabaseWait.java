package dev.parley.log.durable;

import java.time.Duration;

/** How long one thread has been waiting for the disk. That thread begins and ends; any may ask. */
final class DatabaseWait {
    private static final long NONE = 0;

    /** As {@link System#nanoTime}, but never {@value #NONE}. */
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

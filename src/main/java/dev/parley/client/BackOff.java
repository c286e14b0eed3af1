package dev.parley.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Computes the pause before each reconnect: exponential, with full jitter, so that the clients of a server that stopped
 * do not all reconnect at the same moment. For one thread at a time.
 */
final class BackOff {
    private final long least;
    private final long most;
    /** The longest possible next pause, in nanoseconds. */
    private long ceiling;

    BackOff(Duration least, Duration most) {
        this.least = least.toNanos();
        this.most = most.toNanos();
        this.ceiling = this.least;
    }

    /**
     * The pause before the next try.
     *
     * @param lived how long the last connection worked, in nanoseconds. If it worked longer than the longest possible
     *     pause, the back-off starts again from the smallest ceiling
     */
    Duration next(long lived) {
        if (lived > ceiling) {
            ceiling = least;
        }
        Duration pause = Duration.ofNanos(ThreadLocalRandom.current().nextLong(ceiling + 1));
        ceiling = Math.min(2 * ceiling, most);
        return pause;
    }
}

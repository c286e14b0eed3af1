package dev.parley.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to pause before each try to come back: exponential, with full jitter, so that the clients of a server that
 * went away don't return in step. For one thread at a time.
 */
final class BackOff {
    private final long least;
    private final long most;
    /** What the next pause may be at most, in nanoseconds. */
    private long ceiling;

    BackOff(Duration least, Duration most) {
        this.least = least.toNanos();
        this.most = most.toNanos();
        this.ceiling = this.least;
    }

    /**
     * The pause before the next try.
     *
     * @param lived how long the last connection was of use, in nanoseconds: where that is more than the pause could have
     *     been, the trouble was over, and counting begins anew
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

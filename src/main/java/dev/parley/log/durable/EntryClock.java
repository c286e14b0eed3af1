package dev.parley.log.durable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * The times of entries: the clock's, but for small steps back, which clocks make that are being set right. Not thread-safe.
 */
public final class EntryClock {
    private static final Logger LOG = System.getLogger(EntryClock.class.getName());

    /** How far a clock may be behind before its time counts again, in milliseconds. */
    private static final long MAX_STEP_BACK = 60_000;

    private long newest;

    /** @param newest the time of the newest entry, in milliseconds since 1970; 0 where there is none */
    public EntryClock(long newest) {
        this.newest = newest;
    }

    /** The time of the next entry, in milliseconds since 1970. */
    public long next() {
        newest = next(System.currentTimeMillis());
        return newest;
    }

    private long next(long clock) {
        if (clock >= newest) {
            return clock;
        }
        if (newest - clock <= MAX_STEP_BACK) {
            return newest;
        }
        LOG.log(
                Level.WARNING,
                "The clock is behind the time of the newest entry, {0}: one of the two is wrong. New entries get the"
                        + " clock's time; their order is that of their numbers",
                Instant.ofEpochMilli(newest));
        return clock;
    }

    /** The time that {@link #next} gave last, or that of the newest entry before. */
    public long newest() {
        return newest;
    }
}

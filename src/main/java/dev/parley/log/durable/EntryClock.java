package dev.parley.log.durable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * Gives entries their times: the time of the system clock, except that small steps back of the clock are ignored. A
 * clock makes such steps when it is corrected. Not thread-safe.
 */
public final class EntryClock {
    private static final Logger LOG = System.getLogger(EntryClock.class.getName());

    /** The largest step back that is ignored, in milliseconds. After a larger one, the clock's time counts again. */
    private static final long MAX_STEP_BACK = 60_000;

    private long newest;
    /** No entry gets an earlier time, also after a large step back of the clock. */
    private long least;

    /** @param newest the time of the newest entry, in milliseconds since 1970; 0 if there is none */
    public EntryClock(long newest) {
        this.newest = newest;
    }

    /** The time of the next entry, in milliseconds since 1970. */
    public long next() {
        newest = Math.max(least, next(System.currentTimeMillis()));
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
                "The clock is behind the time of the newest entry, {0}; one of the two is wrong. New entries get the time of"
                        + " the clock; their order is still the order of their numbers",
                Instant.ofEpochMilli(newest));
        return clock;
    }

    /** The time of the newest entry. Entries that come after this call get a later time. */
    public long end() {
        least = newest + 1;
        return newest;
    }

    /** The present time by the same rules, for the age of entries. In milliseconds since 1970. */
    public long now() {
        long clock = System.currentTimeMillis();
        return clock < newest && newest - clock <= MAX_STEP_BACK ? newest : clock;
    }

    /** The last result of {@link #next}, or the time of the newest entry before the first call. */
    public long newest() {
        return newest;
    }
}

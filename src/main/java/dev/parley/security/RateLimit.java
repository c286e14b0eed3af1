package dev.parley.security;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket: limits how much may be used over time. Thread-safe, without a lock. Its only state is the time at
 * which the bucket will be full again (the generic cell rate algorithm, ITU-T I.371).
 */
public final class RateLimit {
    private final double nanosPerToken;
    private final double burstNanos;
    /** When the bucket will be full, in nanoseconds after {@code start}, so that the sums can't overflow. */
    private final AtomicLong fullAt = new AtomicLong();

    private final long start;

    /**
     * @param rate tokens a second in the long run, more than 0
     * @param burst the tokens that may be used at once, 1 or more
     * @param now {@link System#nanoTime}
     */
    public RateLimit(double rate, double burst, long now) {
        if (!(rate > 0) || !(burst >= 1)) {
            throw new IllegalArgumentException("rate must be more than 0, and burst 1 or more");
        }
        this.nanosPerToken = TimeUnit.SECONDS.toNanos(1) / rate;
        this.burstNanos = burst * nanosPerToken;
        this.start = now;
    }

    /** @return whether one token was left; it is used now */
    public boolean pass(long now) {
        return pass(1, now);
    }

    /** @return whether this many tokens were left; they are used now. If false, nothing has changed */
    public boolean pass(double tokens, long now) {
        long at = now - start;
        for (; ; ) {
            long full = fullAt.get();
            long then = Math.max(full, at) + (long) (tokens * nanosPerToken);
            if (then - at > burstNanos) {
                return false;
            }
            if (fullAt.compareAndSet(full, then)) {
                return true;
            }
        }
    }

    /** Uses this many tokens even if they are not left. Missing tokens must come in before anything passes again. */
    public void charge(double tokens, long now) {
        long at = now - start;
        fullAt.updateAndGet(full -> Math.max(full, at) + (long) (tokens * nanosPerToken));
    }

    /** Returns tokens that were taken and not used. */
    public void giveBack(double tokens) {
        fullAt.addAndGet(-(long) (tokens * nanosPerToken));
    }

    /** Whether no token is left. */
    public boolean isEmpty(long now) {
        return fullAt.get() - (now - start) >= burstNanos;
    }

    /** Whether the bucket is full. Then it is the same as a new one. */
    public boolean isFull(long now) {
        return fullAt.get() <= now - start;
    }
}

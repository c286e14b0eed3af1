package dev.parley.security;

import java.util.concurrent.TimeUnit;

/**
 * How fast one client may go: a token bucket. Not thread-safe; it belongs to whoever handles the client's messages,
 * one at a time.
 */
public final class RateLimit {
    private final double perNano;
    private final int burst;
    private double tokens;
    private long filled;

    /**
     * @param rate messages a second in the long run, 1 or more
     * @param burst how many may come at once, 1 or more
     * @param now {@link System#nanoTime}
     */
    public RateLimit(int rate, int burst, long now) {
        if (rate < 1 || burst < 1) {
            throw new IllegalArgumentException("rate and burst must be 1 or more");
        }
        this.perNano = rate / (double) TimeUnit.SECONDS.toNanos(1);
        this.burst = burst;
        this.tokens = burst;
        this.filled = now;
    }

    /** @return whether one more message may pass now, which then counts */
    public boolean pass(long now) {
        tokens = Math.min(burst, tokens + (now - filled) * perNano);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}

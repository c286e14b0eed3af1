package dev.parley.client;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a client below the server's rate limit: one second's worth of messages at once, then one after the other. It is
 * the generic cell rate algorithm: one number says how far the sent messages are ahead of their schedule. For one
 * thread at a time.
 */
final class Pace {
    private final long interval;
    private final long ahead;
    private long due;

    /**
     * @param rate messages a second, 1 or more
     * @param now {@link System#nanoTime}
     */
    Pace(int rate, long now) {
        interval = TimeUnit.SECONDS.toNanos(1) / rate;
        ahead = TimeUnit.SECONDS.toNanos(1) - interval;
        due = now;
    }

    /**
     * The time from {@code now} until the next message may be sent, in nanoseconds; zero or less if it may be sent now.
     */
    long pause(long now) {
        return due - now - ahead;
    }

    /** Counts one sent message. */
    void sent(long now) {
        due = (due - now > 0 ? due : now) + interval;
    }
}

package dev.parley.client;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a client to the rate that the server takes: a second's worth at once, then one after the other. It is the generic
 * cell rate algorithm, in which one number says how far the messages sent are ahead of their time. For one thread at a
 * time.
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

    /** How long from {@code now} until one more message may be sent, in nanoseconds; not positive when it may at once. */
    long pause(long now) {
        return due - now - ahead;
    }

    /** One message more is sent. */
    void sent(long now) {
        due = (due - now > 0 ? due : now) + interval;
    }
}

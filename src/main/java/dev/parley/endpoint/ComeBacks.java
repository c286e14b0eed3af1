package dev.parley.endpoint;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Spreads the times at which clients come back, so that they do not all connect at the same moment. Thread-safe. */
final class ComeBacks {
    private static final int MIN_MILLIS = 500;
    private static final int MAX_MILLIS = 5_000;
    private static final double GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

    private final AtomicLong number = new AtomicLong(ThreadLocalRandom.current().nextInt(1_000_000));

    /** The time after which the next client should come back, in milliseconds. */
    long next() {
        // The fractional parts of multiples of the golden ratio are spread more evenly than random numbers.
        double part = number.getAndIncrement() * GOLDEN_RATIO % 1;
        return MIN_MILLIS + (long) (part * (MAX_MILLIS - MIN_MILLIS));
    }
}

package dev.parley.endpoint;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Says when clients should come back: each at another time, else all would connect in one moment. Thread-safe. */
final class ComeBacks {
    private static final int MIN_MILLIS = 500;
    private static final int MAX_MILLIS = 5_000;
    private static final double GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

    private final AtomicLong number = new AtomicLong(ThreadLocalRandom.current().nextInt(1_000_000));

    /** Milliseconds from now. */
    long next() {
        // Multiples of the golden ratio, without their whole parts, are spread more evenly than random numbers.
        double part = number.getAndIncrement() * GOLDEN_RATIO % 1;
        return MIN_MILLIS + (long) (part * (MAX_MILLIS - MIN_MILLIS));
    }
}

package dev.parley.faults;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long something took, many times. Thread-safe. */
final class Latencies {
    private long[] nanos = new long[4096];
    private int count;

    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    synchronized boolean isEmpty() {
        return count == 0;
    }

    /** Such as {@code p50 1.2 ms, p99 7.0 ms}. */
    @Override
    public synchronized String toString() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? "none" : "p50 %s, p99 %s".formatted(at(sorted, 0.50), at(sorted, 0.99));
    }

    private static String at(long[] sorted, double share) {
        long value = sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
        return "%.1f ms".formatted(value / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }
}

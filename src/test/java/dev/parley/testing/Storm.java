package dev.parley.testing;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Decides which fault meets which bytes on a line, and counts them. Thread-safe. */
public final class Storm {
    /** About so long a line goes on between two faults. */
    private static final long BETWEEN_MILLIS = 500;

    /** What can happen to bytes on their way; the weights say how often, of 100. */
    public enum Fault {
        /** They come late. */
        DELAY(40, false),
        /** Nothing passes in their direction for seconds. */
        STALL(12, false),
        /** Nothing passes in either direction for seconds. */
        STALL_BOTH(8, false),
        /** The line ends by FIN, and they are gone. */
        CUT(15, true),
        /** The line ends by RST, and they are gone. */
        RESET(10, true),
        /** Half of them pass; then the line ends. */
        HALF(15, true);

        private final int weight;
        private final boolean deadly;

        Fault(int weight, boolean deadly) {
            this.weight = weight;
            this.deadly = deadly;
        }

        /** Whether it ends the line. */
        public boolean isDeadly() {
            return deadly;
        }
    }

    private final Map<Fault, AtomicLong> counts = new EnumMap<>(Fault.class);
    private volatile boolean rages;
    private volatile boolean swallows;

    Storm() {
        for (Fault fault : Fault.values()) {
            counts.put(fault, new AtomicLong());
        }
    }

    void rage(boolean on) {
        rages = on;
    }

    boolean rages() {
        return rages;
    }

    void swallow(boolean all) {
        swallows = all;
    }

    boolean swallows() {
        return swallows;
    }

    /** When the next fault is due on a line, as {@link System#nanoTime}. */
    static long next(Random dice) {
        double wait = -Math.log(1 - dice.nextDouble()) * BETWEEN_MILLIS;
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos((long) wait);
    }

    Fault strike(Random dice) {
        int left = dice.nextInt(100);
        for (Fault fault : Fault.values()) {
            left -= fault.weight;
            if (left < 0) {
                counts.get(fault).incrementAndGet();
                return fault;
            }
        }
        throw new AssertionError("the weights are no 100");
    }

    /** How often a fault was made. */
    public long count(Fault fault) {
        return counts.get(fault).get();
    }

    public long total() {
        return counts.values().stream().mapToLong(AtomicLong::get).sum();
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " "
                        + each.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}

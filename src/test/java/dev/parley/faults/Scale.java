package dev.parley.faults;

import java.time.Duration;
import java.util.Random;

/**
 * How much of a scenario is run. Immutable.
 *
 * @param time how long the faults last, where they aren't counted
 * @param rounds how many there are, where they are counted
 * @param seed of all dice
 */
record Scale(Duration time, int rounds, long seed) {
    /** The seed of this run: the system property {@code faults.seed}, or else a new one. */
    static final long SEED = Long.getLong("faults.seed", new Random().nextInt(1_000_000));

    static Scale lasting(Duration time) {
        return new Scale(time, 0, SEED);
    }

    static Scale rounds(int rounds) {
        return new Scale(Duration.ZERO, rounds, SEED);
    }

    Random dice() {
        return new Random(seed);
    }
}

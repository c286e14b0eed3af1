package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Time in which others do what they do: the measure of a scenario, never a wait for something. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        await().atMost(time.plusMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> System.nanoTime() - until >= 0);
    }
}

package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(20);

    @Test
    void pausesAreRandomUpToACeilingThatDoublesUntilTheMost() {
        for (int client = 0; client < 200; client++) {
            BackOff backOff = new BackOff(LEAST, MOST);
            for (long ceiling : List.of(500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000)) {
                assertThat(backOff.next(0)).isBetween(Duration.ZERO, Duration.ofMillis(ceiling));
            }
        }
    }

    @Test
    void theWholeSpanIsUsedSoThatClientsDoNotReturnInStep() {
        List<Long> pauses = Stream.generate(
                        () -> new BackOff(LEAST, MOST).next(0).toMillis())
                .limit(1_000)
                .toList();
        assertThat(pauses).anyMatch(pause -> pause < 100).anyMatch(pause -> pause > 400);
    }

    @Test
    void aConnectionThatLivedLongerThanThePauseBeginsTheCountAnew() {
        BackOff backOff = new BackOff(LEAST, MOST);
        LongStream.range(0, 10).forEach(i -> backOff.next(0));
        for (int i = 0; i < 200; i++) {
            assertThat(backOff.next(MOST.toNanos() + 1)).isLessThanOrEqualTo(LEAST);
            backOff.next(0);
        }
    }
}

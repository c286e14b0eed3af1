package dev.parley.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void aBurstPassesThenTheRate() {
        RateLimit limit = new RateLimit(10, 3, Long.MAX_VALUE - 5);
        long now = Long.MAX_VALUE - 5;
        for (int i = 0; i < 3; i++) {
            assertThat(limit.pass(now)).isTrue();
        }
        assertThat(limit.pass(now)).isFalse();
        // The clock may pass from the largest number to the smallest.
        assertThat(limit.pass(now + 99 * MILLI)).isFalse();
        assertThat(limit.pass(now + 100 * MILLI)).isTrue();
        assertThat(limit.pass(now + 100 * MILLI)).isFalse();
    }

    @Test
    void aLongPauseGathersNoMoreThanABurst() {
        RateLimit limit = new RateLimit(10, 3, 0);
        long later = 1_000_000 * MILLI;
        assertThat(limit.pass(4, later)).isFalse();
        assertThat(limit.pass(3, later)).isTrue();
        assertThat(limit.isEmpty(later)).isTrue();
        limit.giveBack(1);
        assertThat(limit.pass(later)).isTrue();
    }

    @Test
    void aChargeIsPaidBeforeAnythingPassesAgain() {
        RateLimit limit = new RateLimit(10, 3, 0);
        limit.charge(13, 0);
        assertThat(limit.pass(1_099 * MILLI)).isFalse();
        assertThat(limit.pass(1_101 * MILLI)).isTrue();
        assertThat(limit.isFull(1_101 * MILLI)).isFalse();
        assertThat(limit.isFull(1_500 * MILLI)).isTrue();
    }
}

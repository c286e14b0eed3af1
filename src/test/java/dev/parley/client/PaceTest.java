package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aSecondsWorthGoesAtOnceAndThenOneAfterTheOther() {
        long now = -5 * SECOND;
        Pace pace = new Pace(50, now);
        assertThat(sentAt(pace, now)).isEqualTo(50);
        assertThat(pace.pause(now)).isEqualTo(SECOND / 50);
        assertThat(sentAt(pace, now + SECOND / 50)).isEqualTo(1);
        assertThat(sentAt(pace, now + SECOND)).isEqualTo(49);
    }

    @Test
    void whatWasNotUsedIsKeptForASecondOnly() {
        Pace pace = new Pace(50, 0);
        assertThat(sentAt(pace, 0)).isEqualTo(50);
        assertThat(sentAt(pace, 100 * SECOND)).isEqualTo(50);
    }

    private static int sentAt(Pace pace, long now) {
        int sent = 0;
        for (; pace.pause(now) <= 0; sent++) {
            pace.sent(now);
        }
        return sent;
    }
}

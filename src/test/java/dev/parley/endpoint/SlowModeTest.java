package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowModeTest {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final Duration SLOW = Duration.ofSeconds(30);

    private final SlowMode mode = new SlowMode();
    private long now = Long.MAX_VALUE - 1;

    private void assertPasses(String user, Duration slow) {
        assertThatCode(() -> mode.pass(GARDEN, user, null, slow, now)).doesNotThrowAnyException();
    }

    private void assertIsTooFast(String user, Duration slow, String sentence) {
        assertThatThrownBy(() -> mode.pass(GARDEN, user, null, slow, now))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining(sentence)
                .extracting(e -> ((ParleyException) e).code())
                .isEqualTo(ErrorCode.TOO_FAST);
    }

    @Test
    void eachMemberHasItsOwnTime() {
        assertPasses("user:ann", SLOW);
        assertPasses("user:bob", SLOW);
        assertIsTooFast("user:ann", SLOW, "in 30 seconds");
        now += Duration.ofMillis(29_500).toNanos();
        assertIsTooFast("user:ann", SLOW, "in 1 second");
        now += Duration.ofMillis(500).toNanos();
        assertPasses("user:ann", SLOW);
    }

    @Test
    void aShorterTimeHoldsAtOnce() {
        assertPasses("user:ann", Duration.ofHours(1));
        assertIsTooFast("user:ann", SLOW, "in 30 seconds");
        now += SLOW.toNanos();
        assertPasses("user:ann", SLOW);
    }

    @Test
    void aMessageThatWasNotStoredCostsNothing() {
        SlowMode.Pass pass = mode.pass(GARDEN, "user:ann", null, SLOW, now);
        mode.undo(pass);
        assertPasses("user:ann", SLOW);
    }

    /** Its connection broke before the answer. */
    @Test
    void theLastMessageMayComeAgainAndCountsOnce() {
        mode.pass(GARDEN, "user:ann", "m1", SLOW, now);
        now += Duration.ofSeconds(10).toNanos();
        mode.pass(GARDEN, "user:ann", "m1", SLOW, now);
        assertIsTooFast("user:ann", SLOW, "in 20 seconds");
        assertThatThrownBy(() -> mode.pass(GARDEN, "user:ann", "m2", SLOW, now)).isInstanceOf(ParleyException.class);
        now += Duration.ofSeconds(20).toNanos();
        mode.pass(GARDEN, "user:ann", "m2", SLOW, now);
    }

    @Test
    void aMessageThatWasNotStoredDoesNotFreeAnotherOne() {
        SlowMode.Pass lost = mode.pass(GARDEN, "user:ann", "m1", SLOW, now);
        SlowMode.Pass repeated = mode.pass(GARDEN, "user:ann", "m1", SLOW, now);
        mode.undo(lost);
        assertIsTooFast("user:ann", SLOW, "in 30 seconds");
        mode.undo(repeated);
        assertPasses("user:ann", SLOW);
    }

    @Test
    void theEldestOfVeryManyMembersAreForgotten() {
        for (int i = 0; i <= SlowMode.MOST; i++) {
            assertPasses("user:u" + i, SLOW);
        }
        assertPasses("user:u0", SLOW);
        assertIsTooFast("user:u" + SlowMode.MOST, SLOW, "seconds");
    }
}

package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModeratorPaceTest {
    private final ModeratorPace pace = new ModeratorPace();
    private long now = Long.MAX_VALUE - 1;

    @Test
    void eachModeratorHasABurstAndThenAFewActionsInASecond() {
        for (int i = 0; i < ModeratorPace.BURST; i++) {
            pace.pass("user:ann", ModerationAction.MUTE, now);
        }
        assertThatThrownBy(() -> pace.pass("user:ann", ModerationAction.MUTE, now))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("try again later");
        assertThatCode(() -> pace.pass("user:bob", ModerationAction.MUTE, now)).doesNotThrowAnyException();
        now += Duration.ofSeconds(1).toNanos();
        for (int i = 0; i < ModeratorPace.RATE; i++) {
            pace.pass("user:ann", ModerationAction.MUTE, now);
        }
        assertThatThrownBy(() -> pace.pass("user:ann", ModerationAction.MUTE, now))
                .isInstanceOf(ParleyException.class);
    }

    @Test
    void whatGivesARoleIsRarerAndWhatTakesItAwayIsNot() {
        for (int i = 0; i < ModeratorPace.GIVING_BURST; i++) {
            pace.pass("user:ann", i % 2 == 0 ? ModerationAction.CREATE : ModerationAction.INVITE, now);
        }
        for (ModerationAction action : List.of(
                ModerationAction.CREATE, ModerationAction.INVITE, ModerationAction.APPOINT, ModerationAction.OPEN)) {
            assertThatThrownBy(() -> pace.pass("user:ann", action, now))
                    .isInstanceOf(ParleyException.class)
                    .hasMessageContaining("try again later");
        }
        pace.pass("user:ann", ModerationAction.DISMISS, now);
        pace.pass("user:ann", ModerationAction.CLOSE, now);
        now += Duration.ofMinutes(1).toNanos();
        pace.pass("user:ann", ModerationAction.INVITE, now);
        assertThatThrownBy(() -> pace.pass("user:ann", ModerationAction.INVITE, now))
                .isInstanceOf(ParleyException.class);
    }

    /** The audit log keeps a million entries and 400 days: nobody alone pushes out an entry before its time. */
    @Test
    void nobodyFillsTheAuditLogAlone() {
        long refusals = 0;
        for (int day = 0, done = 0; day < 400; day++) {
            for (int i = 0;
                    i < ModeratorPace.DAILY / 100;
                    i++, now += Duration.ofDays(1).toNanos() * 100 / ModeratorPace.DAILY) {
                for (int k = 0; k < ModeratorPace.BURST; k++) {
                    try {
                        pace.pass("user:ann", ModerationAction.BAN, now);
                        done++;
                    } catch (ParleyException e) {
                        refusals++;
                    }
                }
            }
            assertThat(done).isLessThan(1_000_000);
        }
        assertThat(refusals).isPositive();
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= ModeratorPace.BURST; i++) {
                        pace.pass("user:ann", ModerationAction.BAN, now);
                    }
                })
                .hasMessageContaining("in a day");
    }
}

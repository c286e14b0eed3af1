package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ParleyException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModeratorPaceTest {
    private final ModeratorPace pace = new ModeratorPace();
    private long now = Long.MAX_VALUE - 1;

    @Test
    void eachModeratorHasABurstAndThenAFewActionsInASecond() {
        for (int i = 0; i < ModeratorPace.BURST; i++) {
            pace.pass("user:ann", now);
        }
        assertThatThrownBy(() -> pace.pass("user:ann", now))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("try again later");
        assertThatCode(() -> pace.pass("user:bob", now)).doesNotThrowAnyException();
        now += Duration.ofSeconds(1).toNanos();
        for (int i = 0; i < ModeratorPace.RATE; i++) {
            pace.pass("user:ann", now);
        }
        assertThatThrownBy(() -> pace.pass("user:ann", now)).isInstanceOf(ParleyException.class);
    }
}

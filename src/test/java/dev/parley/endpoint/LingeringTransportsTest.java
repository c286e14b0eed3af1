package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LingeringTransportsTest {
    private static final long GRACE = Duration.ofSeconds(5).toNanos();

    private final List<Integer> cut = new ArrayList<>();
    private final LingeringTransports lingering = new LingeringTransports(2, Runnable::run);

    private Transport transport(int number) {
        return new Transport("192.0.2.1", () -> cut.add(number), null, null, Head.UNKNOWN, HttpSessions.NONE);
    }

    @Test
    void eachIsCutOnceItsTimeIsOverAndNotBefore() {
        long before = System.nanoTime();
        lingering.add(transport(1));
        lingering.add(transport(2));
        lingering.cutOverdue(before + GRACE);
        assertThat(cut).isEmpty();
        lingering.cutOverdue(System.nanoTime() + GRACE + 1);
        assertThat(cut).containsExactly(1, 2);
        lingering.cutOverdue(System.nanoTime() + 2 * GRACE);
        assertThat(cut).containsExactly(1, 2);
    }

    @Test
    void whereThereAreTooManyTheOldestIsCutEarly() {
        lingering.add(transport(1));
        lingering.add(transport(2));
        assertThat(cut).isEmpty();
        lingering.add(transport(3));
        assertThat(cut).containsExactly(1);
    }

    @Test
    void atTheEndAllAreCutEvenWhereOneCannotBe() {
        Runnable broken = () -> {
            throw new IllegalStateException("for the test");
        };
        lingering.add(new Transport("192.0.2.1", broken, null, null, Head.UNKNOWN, HttpSessions.NONE));
        lingering.add(transport(2));
        lingering.cutAll();
        assertThat(cut).containsExactly(2);
    }
}

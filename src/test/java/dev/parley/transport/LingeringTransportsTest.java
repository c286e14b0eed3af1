package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LingeringTransportsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long GRACE = 5 * SECOND;
    private static final long MOST = 30 * SECOND;

    private static final SendQueues KERNEL = new SendQueues();

    private final List<Integer> cut = new ArrayList<>();
    private final LingeringTransports lingering = new LingeringTransports(2, Runnable::run);

    /** A connection whose progress and end the test controls. */
    private class Tcp implements TcpConnection {
        private final int number;
        private boolean open = true;
        private long unsent = 100;

        Tcp(int number) {
            this.number = number;
        }

        @Override
        public void cut() {
            open = false;
            cut.add(number);
        }

        @Override
        public SocketAddresses addresses() {
            return null;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public long unsent() {
            return unsent;
        }

        Tcp lingersIn(LingeringTransports all) {
            all.add(new Transport(
                    "192.0.2.1", this, null, null, HandshakeHead.UNKNOWN, Transport.NO_HTTP_SESSION, Set.of()));
            return this;
        }
    }

    @Test
    void eachConnectionIsCutOnceAndNotBeforeItsTimeIsOver() {
        long before = System.nanoTime();
        new Tcp(1).lingersIn(lingering);
        new Tcp(2).lingersIn(lingering);
        lingering.cutOverdue(before + GRACE, KERNEL);
        assertThat(cut).isEmpty();
        lingering.cutOverdue(System.nanoTime() + GRACE + 1, KERNEL);
        assertThat(cut).containsExactly(1, 2);
        lingering.cutOverdue(System.nanoTime() + 2 * GRACE, KERNEL);
        assertThat(cut).containsExactly(1, 2);
    }

    @Test
    void aPeerThatStillReceivesIsNotCutBeforeTheLastMoment() {
        Tcp slow = new Tcp(1).lingersIn(lingering);
        long begin = System.nanoTime();
        for (int second = 4; second < 30; second += 4) {
            slow.unsent--;
            lingering.cutOverdue(begin + second * SECOND, KERNEL);
            assertThat(cut).as("after %d s", second).isEmpty();
        }
        slow.unsent--;
        lingering.cutOverdue(begin + MOST + 1, KERNEL);
        assertThat(cut).containsExactly(1);
    }

    @Test
    void aPeerThatReceivesSomethingAndThenNothingIsCut() {
        Tcp slow = new Tcp(1).lingersIn(lingering);
        long begin = System.nanoTime();
        lingering.cutOverdue(begin + 2 * SECOND, KERNEL);
        slow.unsent--;
        lingering.cutOverdue(begin + 4 * SECOND, KERNEL);
        lingering.cutOverdue(begin + 4 * SECOND + GRACE, KERNEL);
        assertThat(cut).isEmpty();
        lingering.cutOverdue(begin + 4 * SECOND + GRACE + 1, KERNEL);
        assertThat(cut).containsExactly(1);
    }

    @Test
    void aConnectionThatHasEndedIsForgotten() {
        Tcp first = new Tcp(1).lingersIn(lingering);
        Tcp second = new Tcp(2).lingersIn(lingering);
        second.open = false;
        assertThat(lingering.haveEnded()).isFalse();
        first.open = false;
        assertThat(lingering.haveEnded()).isTrue();
        new Tcp(3).lingersIn(lingering).open = false;
        lingering.cutOverdue(System.nanoTime(), KERNEL);
        new Tcp(4).lingersIn(lingering);
        new Tcp(5).lingersIn(lingering);
        lingering.cutOverdue(System.nanoTime(), KERNEL);
        assertThat(cut).isEmpty();
    }

    @Test
    void theOldestConnectionIsCutEarlyIfThereAreTooMany() {
        new Tcp(1).lingersIn(lingering);
        new Tcp(2).lingersIn(lingering);
        assertThat(cut).isEmpty();
        new Tcp(3).lingersIn(lingering);
        assertThat(cut).containsExactly(1);
    }

    @Test
    void theNextConnectionIsCutAtOnceIfAStuckExecutorHasTheMostItMay() {
        List<Runnable> stuck = new ArrayList<>();
        LingeringTransports all = new LingeringTransports(1, stuck::add);
        new Tcp(1).lingersIn(all);
        new Tcp(2).lingersIn(all);
        assertThat(cut).isEmpty();
        new Tcp(3).lingersIn(all);
        assertThat(cut).containsExactly(2);
        assertThat(stuck).hasSize(1);
        stuck.remove(0).run();
        assertThat(cut).containsExactly(2, 1);
        new Tcp(4).lingersIn(all);
        assertThat(stuck).hasSize(1);
        assertThat(cut).containsExactly(2, 1);
    }

    @Test
    void theEndCutsAllConnectionsEvenIfOneFails() {
        Tcp broken = new Tcp(1) {
            @Override
            public void cut() {
                throw new IllegalStateException("for the test");
            }
        };
        broken.lingersIn(lingering);
        new Tcp(2).lingersIn(lingering);
        lingering.cutAll();
        assertThat(cut).containsExactly(2);
    }

    @Test
    void theEndCutsConnectionsWhoseExecutorEndedBeforeAndThoseThatComeLater() {
        List<Runnable> forgotten = new ArrayList<>();
        LingeringTransports ending = new LingeringTransports(1, forgotten::add);
        new Tcp(1).lingersIn(ending);
        new Tcp(2).lingersIn(ending);
        assertThat(forgotten).hasSize(1);
        assertThat(cut).isEmpty();
        assertThat(ending.haveEnded()).isFalse();
        ending.cutAll();
        assertThat(cut).containsExactly(1, 2);
        new Tcp(3).lingersIn(ending);
        assertThat(cut).containsExactly(1, 2, 3);
        forgotten.forEach(Runnable::run);
        assertThat(cut).containsExactly(1, 2, 3);
    }
}

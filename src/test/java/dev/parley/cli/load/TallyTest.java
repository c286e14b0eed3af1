package dev.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong must be seen: a tally that misses a loss would praise a server for it. */
class TallyTest {
    private final LoadPlan plan =
            new LoadPlan(URI.create("ws://127.0.0.1:1/chat"), 4, 2, 2, 1, 0, 200, Duration.ZERO, Duration.ofSeconds(1));
    private final Tally tally = new Tally(plan);

    @BeforeEach
    void allJoin() {
        for (int connection = 0; connection < plan.connections(); connection++) {
            tally.joined(connection, 10);
        }
    }

    @Test
    void whatEverybodyHeardOnceAndInOrderIsComplete() {
        say(3);
        hear(0, 11, 12, 13);
        assertThat(tally.isComplete()).isFalse();
        hear(2, 11, 12, 13);

        assertThat(tally.isComplete()).isTrue();
        assertThat(tally.doubled()).isZero();
        assertThat(tally.reordered()).isZero();
    }

    @Test
    void aGapIsALossUntilItIsFilledAndThenAReordering() {
        say(3);
        hear(0, 11, 12, 13);
        hear(2, 11, 13);
        assertThat(tally.lost()).isEqualTo(1);
        hear(2, 12);
        assertThat(tally.lost()).isZero();
        assertThat(tally.reordered()).isEqualTo(1);
    }

    @Test
    void whatOneHasHeardAndAnotherHasNotAtTheEndIsLost() {
        say(2);
        hear(0, 11, 12);
        hear(2, 11);
        assertThat(tally.lost()).isEqualTo(1);
    }

    @Test
    void whatNobodyHeardIsMissed() {
        say(2);
        assertThat(tally.lost()).isZero();
        assertThat(tally.neverHeard()).isEqualTo(2);
    }

    @Test
    void whatIsHeardAgainIsDoubled() {
        say(1);
        hear(0, 11);
        hear(2, 11, 11);
        assertThat(tally.doubled()).isEqualTo(1);
    }

    @Test
    void aSenderWhoseMessagesAreStoredInAnotherOrderIsSeen() {
        say(2);
        tally.heard(0, 11, 0, 0, 1, 0);
        tally.heard(0, 12, 0, 0, 0, 0);
        assertThat(tally.reordered()).isEqualTo(1);
    }

    @Test
    void whatTheServerRejectedIsNotMissed() {
        tally.count();
        say(3);
        hear(0, 11, 12);
        hear(2, 11, 12);
        assertThat(tally.neverHeard()).isEqualTo(1);
        assertThat(tally.isComplete()).isFalse();

        tally.rejected();

        assertThat(tally.rejections()).isEqualTo(1);
        assertThat(tally.neverHeard()).isZero();
        assertThat(tally.isComplete()).isTrue();
    }

    /** A later message of the same sender is no proof of an earlier one. */
    @Test
    void whatNobodyHeardIsMissedBeforeALaterMessageToo() {
        say(2);
        tally.heard(0, 11, 0, 0, 1, 0);
        tally.heard(2, 11, 0, 0, 1, 0);
        assertThat(tally.neverHeard()).isEqualTo(1);
    }

    private void say(int times) {
        for (int i = 0; i < times; i++) {
            tally.said();
        }
    }

    private void hear(int connection, long... seqs) {
        for (long seq : seqs) {
            tally.heard(connection, seq, 0, plan.roomOf(connection), (int) seq - 11, 0);
        }
    }
}

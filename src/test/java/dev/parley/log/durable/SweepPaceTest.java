package dev.parley.log.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the steps of a round are due, at times of the test's choice. */
class SweepPaceTest {
    private static final long BEGUN = Long.MAX_VALUE - 1_000;

    private final SweepPace pace = new SweepPace(1_000, 10_000);

    SweepPaceTest() {
        pace.roundBegins(BEGUN);
    }

    private void deletes(int entries, long bytes) {
        pace.stepped(new Swept(entries, bytes, entries, true, false, 7), BEGUN, BEGUN + 100);
    }

    @Test
    void aBusyWriterHasFortyNineTimesTheTimeOfAStep() {
        deletes(1, 1);
        assertThat(pace.untilDue(BEGUN + 100 + 4_899)).isPositive();
        assertThat(pace.untilDue(BEGUN + 100 + 4_900)).isZero();
    }

    @Test
    void aWriterThatWaitsHasTheTimeOfAStep() {
        deletes(1, 1);
        assertThat(pace.untilDue(BEGUN + 100)).isEqualTo(100);
        pace.waited(60);
        assertThat(pace.untilDue(BEGUN + 500)).isEqualTo(40);
        pace.waited(40);
        assertThat(pace.untilDue(BEGUN + 600)).isZero();
        deletes(1, 1);
        assertThat(pace.untilDue(BEGUN + 100)).isEqualTo(100);
    }

    @Test
    void aLogThatGrowsTooMuchPressesUntilEnoughIsDeleted() {
        pace.appended(1_000, 10);
        deletes(0, 0);
        assertThat(pace.presses(BEGUN + 100)).isFalse();
        pace.appended(200, 2);
        assertThat(pace.untilDue(BEGUN + 100)).isZero();
        deletes(199, 2);
        assertThat(pace.isOver()).isTrue();
        deletes(1, 1);
        assertThat(pace.isOver()).isFalse();
        assertThat(pace.untilDue(BEGUN + 100)).isPositive();
    }

    @Test
    void aLogThatGrowsTooMuchInBytesPressesToo() {
        pace.appended(2, 10_001);
        assertThat(pace.isOver()).isTrue();
        deletes(1, 1);
        assertThat(pace.isOver()).isFalse();
    }

    /** Rooms without too much may have got all of it. */
    @Test
    void afterARoundOnlyWhatCameSinceItBeganCounts() {
        pace.appended(1_100, 11_000);
        pace.roundBegins(BEGUN);
        pace.appended(1_000, 10_000);
        pace.roundEnded();
        assertThat(pace.isOver()).isFalse();
        pace.appended(1, 0);
        assertThat(pace.isOver()).isTrue();
        pace.roundBegins(BEGUN);
        pace.roundEnded();
        assertThat(pace.isOver()).isFalse();
    }

    /** What was deleted before gives no credit: it may have been there long before. */
    @Test
    void whatIsDeletedDoesNotCountForWhatIsAppendedLater() {
        deletes(5_000, 50_000);
        pace.appended(1_001, 0);
        assertThat(pace.isOver()).isTrue();
    }

    @Test
    void aRoundThatTakesLongerThanAMinutePressesUntilItEnds() {
        deletes(1, 1);
        long minute = BEGUN + TimeUnit.SECONDS.toNanos(60);
        assertThat(pace.presses(minute)).isFalse();
        assertThat(pace.presses(minute + 1)).isTrue();
        pace.roundEnded();
        pace.roundBegins(minute + 1);
        assertThat(pace.presses(minute + 1)).isFalse();
    }
}

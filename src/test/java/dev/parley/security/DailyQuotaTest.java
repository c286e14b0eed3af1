package dev.parley.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DailyQuotaTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final String HOME = "192.0.2.1";

    private final DailyQuota quota = new DailyQuota("make", "room", "", 3, 5);

    private DailyQuota.Use take(String user, String name, long now) {
        return quota.take(user, HOME, name, 1, now);
    }

    private void makes(String user, String name, long now) {
        take(user, name, now).settle(true);
    }

    private ParleyException refusal(String user, String name, long now) {
        return catchThrowableOfType(ParleyException.class, () -> take(user, name, now));
    }

    @Test
    void aDayBeginsWithTheFirstTimeAndTheErrorSaysWhenItIsOver() {
        makes("ann", "a", 0);
        makes("ann", "b", 5 * HOUR);
        makes("ann", "c", 20 * HOUR);

        ParleyException refusal = refusal("ann", "d", 21 * HOUR);
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_FAST);
        assertThat(refusal.retryAfter()).contains(Duration.ofHours(3));
        assertThat(refusal).hasMessage("you may make 3 rooms in a day. This is possible again in 3 hours");
        assertThat(refusal("ann", "d", 24 * HOUR - 1)).hasMessageEndingWith("in 1 second");
        for (String name : List.of("d", "e", "f")) {
            makes("ann", name, 24 * HOUR);
        }
        assertThat(refusal("ann", "g", 24 * HOUR)).hasMessageEndingWith("in 24 hours");
    }

    @Test
    void theTimesOfTheClockMayBeNegative() {
        long now = Long.MAX_VALUE - HOUR;
        makes("ann", "a", now);
        makes("ann", "b", now);
        makes("ann", "c", now);
        assertThat(refusal("ann", "d", now + 2 * HOUR).retryAfter()).contains(Duration.ofHours(22));
        makes("ann", "d", now + 24 * HOUR);
    }

    @Test
    void theUsersOfOneAddressShareItsQuotaAndAnotherAddressHasItsOwn() {
        makes("ann", "a", 0);
        makes("ann", "b", 0);
        makes("bob", "a", 0);
        makes("bob", "b", 0);
        makes("cid", "a", 0);
        assertThat(refusal("cid", "b", 0))
                .hasMessage(
                        "all users of your address together may make 5 rooms in a day. This is possible again in 24 hours");
        quota.take("cid", "192.0.2.2", "b", 1, 0).settle(true);
        // Of an unknown address, only the user counts.
        quota.take("dan", "", "a", 1, 0).settle(true);
    }

    @Test
    void theSameCountsOnceWhileItIsOpenAndAfterwards() {
        makes("ann", "a", 0);
        DailyQuota.Use first = take("ann", "b", 0);
        DailyQuota.Use again = take("ann", "b", 0);
        makes("ann", "c", 0);
        assertThat(refusal("ann", "d", 0)).isNotNull();
        again.settle(false);
        first.settle(true);
        take("ann", "b", HOUR).settle(false);
        take("ann", "b", HOUR).settle(true);
        assertThat(refusal("ann", "d", HOUR)).isNotNull();
        assertThat(refusal("bob", "b", HOUR)).isNull();
    }

    @Test
    void whatWasNotDoneIsGivenBackOnce() {
        DailyQuota.Use first = take("ann", "a", 0);
        DailyQuota.Use again = take("ann", "a", 0);
        first.settle(false);
        again.settle(false);
        for (String name : List.of("b", "c", "d")) {
            makes("ann", name, 0);
        }
        assertThat(refusal("ann", "e", 0)).isNotNull();
        assertThat(refusal("ann", "a", 0)).isNotNull();
    }

    @Test
    void withoutANameEachTimeCounts() {
        take("ann", null, 0).settle(true);
        take("ann", null, 0).settle(true);
        take("ann", null, 0).settle(false);
        take("ann", null, 0).settle(true);
        assertThat(refusal("ann", null, 0)).isNotNull();
    }

    @Test
    void aUserWithMoreHasMoreOfItsAddressToo() {
        for (int i = 0; i < 30; i++) {
            quota.take("ann", HOME, "room-" + i, 10, 0).settle(true);
        }
        assertThatExceptionOfType(ParleyException.class)
                .isThrownBy(() -> quota.take("ann", HOME, "one more", 10, 0))
                .withMessageStartingWith("you may make 30 rooms in a day");
        // Of these, its neighbours lack only the usual number.
        makes("bob", "a", 0);
        makes("bob", "b", 0);
        assertThat(refusal("cid", "a", 0)).hasMessageStartingWith("all users of your address together");
    }

    @Test
    void inManyConnectionsAtOnceExactlyTheQuotaIsTaken() throws Exception {
        DailyQuota many = new DailyQuota("make", "room", "", 100, 1_000);
        ExecutorService connections = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> made = new ArrayList<>();
        for (int connection = 0; connection < 8; connection++) {
            made.add(connections.submit(() -> {
                start.await();
                int taken = 0;
                // Every second one is not stored after all.
                for (int i = 0; i < 1_000; i++) {
                    try {
                        boolean isStored = i % 2 == 0;
                        many.take("ann", HOME, null, 1, 0).settle(isStored);
                        taken += isStored ? 1 : 0;
                    } catch (ParleyException full) {
                        // The user is told.
                    }
                }
                return taken;
            }));
        }
        start.countDown();
        int sum = 0;
        for (Future<Integer> taken : made) {
            sum += taken.get();
        }
        connections.shutdown();
        assertThat(sum).isEqualTo(100);
    }

    @Test
    void nothingIsKeptOfWhoIsRejected() {
        for (int i = 0; i < 5; i++) {
            makes("guest-" + i, "room", 0);
        }
        int size = quota.size();
        for (int i = 5; i < 20; i++) {
            assertThat(refusal("guest-" + i, "room", 0)).isNotNull();
        }
        assertThat(quota.size()).isEqualTo(size);
    }

    @Test
    void thereIsABoundAndTheOldestDaysAndNamesAreForgotten() {
        makes("first", "a", 0);
        makes("first", "b", 0);
        makes("first", "c", 0);
        for (int i = 0; i < 2 * DayCounts.MOST; i++) {
            quota.take("guest-" + i, "address-" + i, "room", 1, i).settle(true);
        }
        assertThat(quota.size()).isEqualTo(2 * DayCounts.MOST + DailyQuota.MOST_NAMED);
        makes("first", "d", HOUR);

        quota.take("ann", HOME, "a", 1, 30 * HOUR).settle(true);
        assertThat(quota.size()).isEqualTo(3);
    }
}

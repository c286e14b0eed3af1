package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of committed messages in memory if the log does not take them, and if an outcome throws. */
class VolatileQueueTest {
    private static final User HERALD = new User("bean:herald", new UserName("herald"));

    @TempDir
    Path folder;

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<Entry>> sent = new ArrayList<>();

    /** No message of the queue is under way, so no result wakes it. */
    @Test
    void whatTheLogDoesNotTakeNowIsSentLaterInItsOrder() throws Exception {
        try (Shop shop = Shop.inMemory(folder, Long.MAX_VALUE, Faults.full(3), failures::add)) {
            Shop.inTransaction(() -> List.of("two", "three").forEach(text -> sent.add(shop.send(text))));
            Shop.inTransaction(() -> sent.add(shop.send(HERALD, new Body.Text("four"))));
            assertSeqs(1, 2, 3);
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void whatWaitsInMemoryIsBoundedWhileTheLogTakesNothing() throws Exception {
        AtomicBoolean isFull = new AtomicBoolean(true);
        try (Shop shop = Shop.inMemory(folder, 1_100, Faults.full(isFull::get), failures::add)) {
            for (int i = 0; i < 4; i++) {
                Shop.inTransaction(() -> sent.add(shop.send("two")));
            }
            assertThatThrownBy(() -> Shop.inTransaction(() -> shop.send("two")))
                    .hasMessageContaining("wait for the commit");
            isFull.set(false);
            assertSeqs(1, 2, 3, 4);
            Shop.inTransaction(() -> sent.add(shop.send("two")));
            assertSeqs(1, 2, 3, 4, 5);
        }
    }

    @Test
    void whatTheLogHasNotTakenAtTheEndIsRefused() throws Exception {
        try (Shop shop = Shop.inMemory(folder, Long.MAX_VALUE, Faults.full(() -> true), failures::add)) {
            Shop.inTransaction(() -> List.of("two", "three").forEach(text -> sent.add(shop.send(text))));
            // So it does not wait for the log.
            Thread.currentThread().interrupt();
            shop.queue.close();
            assertThat(Thread.interrupted()).isTrue();
            for (CompletableFuture<Entry> each : sent) {
                assertThat(each).isCompletedExceptionally();
                assertThatThrownBy(each::join).cause().hasMessageContaining("has ended before");
            }
            assertThat(failures).hasSize(2);
            assertThat(shop.texts()).isEmpty();
        }
    }

    @Test
    void anOutcomeThatThrowsForARefusalStopsNoOther() throws Exception {
        Queue<Runnable> faults = new ConcurrentLinkedQueue<>(Collections.nCopies(2, () -> {
            throw new ParleyException(ErrorCode.BAD_REQUEST, "not valid");
        }));
        try (Shop shop = Shop.inMemory(folder, Long.MAX_VALUE, Faults.of(faults), failures::add)) {
            Shop.inTransaction(() -> {
                shop.queue.add(draft("two"));
                sent.add(shop.send("three"));
                CompletableFuture<Entry> refused = shop.send("two");
                sent.add(refused.handle((entry, why) -> {
                    assertThat(why).hasMessage("not valid");
                    return null;
                }));
            });
            assertThat(sent.get(0).get(30, TimeUnit.SECONDS).seq()).isEqualTo(1);
            assertThat(sent.get(1).get(30, TimeUnit.SECONDS)).isNull();
            await().untilAsserted(() -> assertThat(failures).hasSize(3));
            assertThat(failures).hasAtLeastOneElementOfType(IllegalStateException.class);
        }
    }

    @Test
    void anOutcomeThatThrowsForAnEntryHoldsUpNoOtherName() throws Exception {
        try (Shop shop = Shop.inMemory(folder, Long.MAX_VALUE, log -> log, failures::add)) {
            Shop.inTransaction(() -> {
                shop.queue.add(draft("one"));
                sent.add(shop.send(HERALD, new Body.Text("behind it")));
            });
            assertThat(sent.get(0).get(30, TimeUnit.SECONDS).seq()).isEqualTo(2);
        }
    }

    private void assertSeqs(int... seqs) throws Exception {
        for (int i = 0; i < seqs.length; i++) {
            assertThat(sent.get(i).get(30, TimeUnit.SECONDS).seq()).isEqualTo(seqs[i]);
        }
    }

    /** A draft whose outcome throws. */
    private static Draft draft(String text) {
        return new Draft(Shop.ROOM, Shop.SERVER, DraftId.of(null), new Body.Text(text), new Draft.Outcome() {
            @Override
            public void said(Entry entry) {
                throw new IllegalStateException("thrown by an outcome");
            }

            @Override
            public void refused(ParleyException why) {
                throw new IllegalStateException("thrown by an outcome");
            }

            @Override
            public void unknown(ParleyException why) {
                throw new IllegalStateException("thrown by an outcome");
            }
        });
    }
}

package dev.parley.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import dev.parley.testing.EmptyLog;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventDispatchTest {
    private static final RoomName ROOM = new RoomName("room");

    private SeContainer beans;
    private EventDispatch<Entry> dispatch;
    private Heard heard;

    /** What the observers of this test have heard, in their order. */
    @ApplicationScoped
    static class Heard {
        final Queue<String> all = new ConcurrentLinkedQueue<>();
        final Queue<UUID> requests = new ConcurrentLinkedQueue<>();
        final Queue<String> asyncThreads = new ConcurrentLinkedQueue<>();
        volatile CountDownLatch gate = new CountDownLatch(0);

        Queue<String> all() {
            return all;
        }

        Queue<UUID> requests() {
            return requests;
        }

        Queue<String> asyncThreads() {
            return asyncThreads;
        }

        void gate(CountDownLatch closed) {
            gate = closed;
        }

        CountDownLatch gate() {
            return gate;
        }
    }

    @ApplicationScoped
    static class Hearing {
        @Inject
        private Heard heard;

        void first(@Observes @Priority(1) Entry entry) throws InterruptedException {
            heard.gate().await();
            heard.all().add("first " + entry.seq());
        }

        void second(@Observes @Priority(2) Entry entry) {
            throw new IllegalStateException("the second observer fails on purpose");
        }

        void third(@Observes @Priority(3) Entry entry, Request request) {
            heard.requests().add(request.id());
            throw new AssertionError("the third observer fails on purpose");
        }

        void fourth(@Observes @Priority(4) Entry entry, Request request) {
            heard.requests().add(request.id());
            Thread.currentThread().interrupt();
            heard.all().add("fourth " + entry.seq());
        }

        void async(@ObservesAsync Entry entry, Request request) {
            heard.asyncThreads().add(Thread.currentThread().getName());
            throw new IllegalStateException("the asynchronous observer fails on purpose");
        }
    }

    @BeforeEach
    void start() {
        beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Heard.class, Hearing.class, Request.class)
                .initialize();
        heard = beans.select(Heard.class).get();
        dispatch = new EventDispatch<>(
                "test",
                Observers.of(beans.getBeanManager(), entry(1), Observers.IN_ROOM),
                Entry::room,
                beans.select(RequestContextController.class)::get,
                new MissedEntries(new EveryEntry()));
    }

    @AfterEach
    void stop() {
        heard.gate().countDown();
        dispatch.close();
        beans.close();
    }

    @Test
    void whatOneObserverThrowsReachesNoOther() {
        dispatch.accept(entry(1));
        dispatch.accept(entry(2));
        await().untilAsserted(
                        () -> assertThat(heard.all()).containsExactly("first 1", "fourth 1", "first 2", "fourth 2"));
    }

    @Test
    void eachCallOfAnObserverHasARequestOfItsOwn() {
        dispatch.accept(entry(1));
        await().untilAsserted(() -> assertThat(heard.requests()).hasSize(2));
        assertThat(heard.requests()).doesNotHaveDuplicates();
    }

    @Test
    void asynchronousObserversHearToo() {
        dispatch.accept(entry(1));
        dispatch.accept(entry(2));
        await().untilAsserted(() -> assertThat(heard.asyncThreads()).hasSize(2));
        assertThat(heard.asyncThreads()).allMatch(name -> name.startsWith("parley-test-async-"));
    }

    @Test
    void observersThatAreTooSlowForTheQueueMissNothingAndHearInOrder() {
        int many = 11_000;
        CountDownLatch gate = new CountDownLatch(1);
        heard.gate(gate);
        LongStream.rangeClosed(1, many).forEach(seq -> dispatch.accept(entry(seq)));
        gate.countDown();
        List<String> wanted = LongStream.rangeClosed(1, many)
                .boxed()
                .flatMap(seq -> List.of("first " + seq, "fourth " + seq).stream())
                .toList();
        await().atMost(30, SECONDS).until(() -> heard.all().size() == wanted.size());
        assertThat(List.copyOf(heard.all())).isEqualTo(wanted);
    }

    @Test
    void observersThatAreTooSlowForEntriesThatAreDeletedHearTheOthers() {
        int many = 11_000;
        oldest = 10_900;
        CountDownLatch gate = new CountDownLatch(1);
        heard.gate(gate);
        LongStream.rangeClosed(1, many).forEach(seq -> dispatch.accept(entry(seq)));
        gate.countDown();
        await().atMost(30, SECONDS).until(() -> heard.all().contains("fourth " + many));
        assertThat(heard.all())
                .contains("first 10000", "first 10900", "first 10901", "first 11000")
                .doesNotContain("first 10899");
    }

    private static Entry entry(long seq) {
        return new Entry(ROOM, seq, null, new UserName("ann"), CallerId.GUEST, Instant.EPOCH, new Body.Text("hi"));
    }

    /** The entries before it are deleted. */
    private volatile long oldest = 1;

    /** A log that holds any entry that it is asked for. */
    private final class EveryEntry extends EmptyLog {
        @Override
        public CompletionStage<Page> read(RoomName room, Range range) {
            long from = Math.max(((Range.After) range).seq() + 1, oldest);
            List<Entry> entries = LongStream.range(from, from + range.limit())
                    .mapToObj(EventDispatchTest::entry)
                    .toList();
            return CompletableFuture.completedStage(new Page(entries, from + range.limit(), true, oldest));
        }
    }
}

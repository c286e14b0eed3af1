package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ListenerThreadTest {
    @Test
    void whoReadsWaitsWhileTooMuchIsUnheard() {
        ListenerThread thread = new ListenerThread(100, Duration.ofSeconds(30));
        CountDownLatch hearing = new CountDownLatch(1);
        thread.add(100, () -> awaitLatch(hearing));
        AtomicBoolean room = new AtomicBoolean();
        Thread reader = new Thread(() -> room.set(thread.awaitSpace()));
        reader.start();
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);

        assertThat(room).isFalse();
        hearing.countDown();
        await().untilTrue(room);
        thread.end();
    }

    @Test
    void whoReadsIsToldWhenTheListenerIsTooSlow() {
        ListenerThread thread = new ListenerThread(100, Duration.ofMillis(50));
        CountDownLatch hearing = new CountDownLatch(1);
        thread.add(100, () -> awaitLatch(hearing));

        assertThat(thread.awaitSpace()).isFalse();
        hearing.countDown();
        thread.end();
    }

    /** Containers interrupt threads for reasons of their own. */
    @Test
    void anInterruptOfTheReaderDoesNotMakeTheListenerTooSlow() throws Exception {
        ListenerThread thread = new ListenerThread(100, Duration.ofSeconds(30));
        CountDownLatch hearing = new CountDownLatch(1);
        thread.add(100, () -> awaitLatch(hearing));
        AtomicBoolean room = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            room.set(thread.awaitSpace());
            interrupted.set(Thread.interrupted());
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        reader.interrupt();
        await().until(() ->
                !reader.isAlive() || reader.getState() == Thread.State.TIMED_WAITING && !reader.isInterrupted());
        hearing.countDown();
        reader.join();

        assertThat(room).isTrue();
        assertThat(interrupted).isTrue();
        thread.end();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

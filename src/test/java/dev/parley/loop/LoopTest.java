package dev.parley.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final Loops loops = new Loops(1, task -> new Thread(task, "loop"));
    private final Loop loop = loops.of(0);

    @AfterEach
    void end() {
        loops.close();
    }

    @Test
    void tasksRunOnTheLoopInTheirOrder() {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            loop.add(() -> {
                assertThat(loop.isCurrent()).isTrue();
                ran.add(number);
            });
        }
        awaitTasks();
        assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
        assertThat(loop.isCurrent()).isFalse();
    }

    @Test
    void aTaskThatFailsKeepsTheOthersFromNothing() {
        List<String> ran = new ArrayList<>();
        loop.add(() -> {
            throw new AssertionError("thrown on purpose");
        });
        loop.add(() -> ran.add("after"));
        awaitTasks();
        assertThat(ran).containsExactly("after");
    }

    @Test
    void aFlushRunsAfterTheTasksAtHandAndSoonOnesFirst() {
        List<String> ran = new ArrayList<>();
        CountDownLatch queued = new CountDownLatch(1);
        loop.add(() -> await(queued));
        loop.add(() -> {
            loop.flushLater(() -> ran.add("later"));
            loop.flushSoon(() -> ran.add("soon"));
            ran.add("one");
        });
        loop.add(() -> ran.add("two"));
        queued.countDown();
        awaitFlushes();
        assertThat(ran).containsExactly("one", "two", "soon", "later");
    }

    @Test
    void offersAreRefusedWhereTheQueueIsFullAndMustDosAreNot() {
        CountDownLatch full = new CountDownLatch(1);
        List<String> ran = new ArrayList<>();
        loop.add(() -> await(full));
        int taken = 0;
        while (loop.offer(() -> {})) {
            taken++;
        }
        assertThat(taken).isBetween(65_000, 65_536);
        loop.add(() -> ran.add("must be done"));
        full.countDown();
        awaitTasks();
        assertThat(ran).containsExactly("must be done");
        assertThat(loop.offer(() -> {})).isTrue();
    }

    @Test
    void whatIsBegunEndsAsItsStage() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        CompletableFuture<Void> begun = loop.begin(() -> stage).toCompletableFuture();
        awaitTasks();
        assertThat(begun).isNotDone();
        stage.complete(null);
        assertThat(begun).isCompleted();
    }

    @Test
    void whatItsTasksHoldIsBounded() {
        List<String> ran = new ArrayList<>();
        CountDownLatch gate = new CountDownLatch(1);
        loop.add(() -> await(gate));
        assertThat(loop.offer(() -> ran.add("most"), Loop.MOST_CONTENT - 1)).isTrue();
        assertThat(loop.offer(() -> ran.add("too much"), 2)).isFalse();
        assertThat(loop.offer(() -> ran.add("last"), 1)).isTrue();
        gate.countDown();
        awaitTasks();
        assertThat(loop.offer(() -> ran.add("later"), Loop.MOST_CONTENT)).isTrue();
        awaitTasks();
        assertThat(ran).containsExactly("most", "last", "later");
    }

    @Test
    void aLoopThatHasStoppedTakesNothing() {
        List<String> ran = new ArrayList<>();
        loop.add(() -> ran.add("before"));
        loops.close();
        assertThat(ran).containsExactly("before");
        assertThat(loop.offer(() -> ran.add("after"))).isFalse();
        loop.put(() -> ran.add("after"));
        assertThat(ran).containsExactly("before");
    }

    private void awaitTasks() {
        CountDownLatch done = new CountDownLatch(1);
        loop.add(done::countDown);
        await(done);
    }

    private void awaitFlushes() {
        CountDownLatch done = new CountDownLatch(1);
        loop.add(() -> loop.flushLater(done::countDown));
        await(done);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

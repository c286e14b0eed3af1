package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.loop.Loops;
import dev.parley.outbox.MemoryBudget;
import dev.parley.outbox.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageReadsTest {
    private static final Outbox.Troubles NONE = new Outbox.Troubles() {
        @Override
        public void tooSlow() {
            throw new AssertionError("nothing was added");
        }

        @Override
        public void broken(Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    private final Loops loops = new Loops(1, Executors.defaultThreadFactory());
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final PageGate gate = new PageGate(budget, 1_000);
    private final List<Throwable> failures = new ArrayList<>();
    private final PageReads pages = new PageReads(outbox(), gate, failures::add);
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();

    private Outbox outbox() {
        return new Outbox(null, loops.of(0), 1_000, budget, NONE);
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void aPageBeginsWhenTheOneBeforeItIsDone() {
        pages.add(this::begin);
        pages.add(this::begin);
        pages.add(this::begin);
        assertThat(begun).hasSize(1);
        assertThat(pages.waiting()).isEqualTo(2);
        begun.get(0).complete(null);
        assertThat(begun).hasSize(2);
        begun.get(1).complete(null);
        begun.get(2).complete(null);
        assertThat(pages.waiting()).isZero();
        pages.add(this::begin);
        assertThat(begun).hasSize(4);
    }

    @Test
    void noPageBeginsWhileTheMemoryIsShort() {
        budget.hold(budget.most());
        pages.add(this::begin);
        assertThat(begun).isEmpty();
        budget.release(budget.most());
        gate.goOn();
        assertThat(begun).hasSize(1);
    }

    /** Otherwise connections that have ended would keep their places for ever. */
    @Test
    void aConnectionThatGoesGivesItsPlaceToOthers() {
        PageGate narrow = new PageGate(budget, budget.most());
        PageReads first = new PageReads(outbox(), narrow, failures::add);
        PageReads second = new PageReads(outbox(), narrow, failures::add);
        first.add(this::begin);
        second.add(this::begin);
        assertThat(begun).hasSize(1);
        first.discard();
        assertThat(begun).hasSize(2);
        begun.get(0).complete(null);
        begun.get(1).complete(null);
        second.add(this::begin);
        assertThat(begun).hasSize(3);
    }

    @Test
    void anyNumberOfPagesThatAreRefusedAtOnceAreDoneInTheirOrder() {
        int many = 100_000;
        List<Integer> order = new ArrayList<>();
        pages.add(this::begin);
        for (int i = 0; i < many; i++) {
            int number = i;
            pages.add(() -> {
                order.add(number);
                return CompletableFuture.completedStage(null);
            });
        }
        assertThat(order).isEmpty();
        begun.get(0).complete(null);
        assertThat(order).hasSize(many).isSorted();
        assertThat(pages.waiting()).isZero();
    }

    @Test
    void aTurnThatThrowsOrFailsIsReportedAndTheNextOneBegins() {
        IllegalStateException thrown = new IllegalStateException("thrown");
        AssertionError failed = new AssertionError("failed later");
        pages.add(() -> {
            throw thrown;
        });
        pages.add(this::begin);
        pages.add(this::begin);
        assertThat(failures).containsExactly(thrown);
        assertThat(begun).hasSize(1);
        begun.get(0).completeExceptionally(failed);
        assertThat(failures).containsExactly(thrown, failed);
        assertThat(begun).hasSize(2);
    }

    private CompletionStage<Void> begin() {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        begun.add(sent);
        return sent;
    }
}

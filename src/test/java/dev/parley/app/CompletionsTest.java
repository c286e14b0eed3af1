package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final Completions completions = new Completions(threads::add);

    @Test
    void aStageEndsOnTheApplicationsThreadsOnly() {
        CompletableFuture<String> result = new CompletableFuture<>();
        CompletableFuture<String> stage = completions.of(() -> result).toCompletableFuture();
        result.complete("stored");
        assertThat(stage).isNotDone();
        threads.remove().run();
        assertThat(stage).isCompletedWithValue("stored");
    }

    @Test
    void aStageFailsWithTheReasonItself() {
        ParleyException why = new ParleyException(ErrorCode.UNAVAILABLE, "the disk is full");
        CompletionStage<String> result =
                CompletableFuture.<Integer>failedFuture(why).thenApply(String::valueOf);
        CompletableFuture<String> stage = completions.of(() -> result).toCompletableFuture();
        threads.remove().run();
        assertThatThrownBy(stage::join).isInstanceOf(CompletionException.class).hasCause(why);
        CompletableFuture<String> refused = completions
                .<String>of(() -> {
                    throw why;
                })
                .toCompletableFuture();
        assertThat(refused).isCompletedExceptionally();
    }

    @Test
    void moreThanTheMostAreRefusedUntilOneHasEnded() {
        CompletableFuture<String> first = new CompletableFuture<>();
        completions.of(() -> first);
        for (int i = 1; i < Completions.MOST; i++) {
            completions.of(CompletableFuture<String>::new);
        }
        assertThat(isRefused()).isTrue();
        first.complete("ended");
        threads.remove().run();
        assertThat(isRefused()).isFalse();
        assertThat(isRefused()).isTrue();
    }

    @Test
    void aReadBeginsWhenWhatHungOnAnEarlierOneHasRun() {
        List<CompletableFuture<String>> begun = new ArrayList<>();
        AtomicInteger begunBefore = new AtomicInteger();
        CompletionStage<Void> first =
                completions.ofRead(() -> begin(begun)).thenAccept(page -> begunBefore.set(begun.size()));
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < Completions.MOST_READS; i++) {
            others.add(completions.ofRead(() -> begin(begun)).toCompletableFuture());
        }
        assertThat(begun).hasSize(Completions.MOST_READS);

        begun.get(0).complete("page");
        assertThat(begun).hasSize(Completions.MOST_READS);
        threads.remove().run();
        assertThat(first.toCompletableFuture()).isCompleted();
        assertThat(begunBefore).hasValue(Completions.MOST_READS);
        assertThat(begun).hasSize(Completions.MOST_READS + 1);

        begun.get(Completions.MOST_READS).complete("the last page");
        threads.remove().run();
        assertThat(others.get(others.size() - 1)).isCompletedWithValue("the last page");
    }

    @Test
    void aReadThatFailsMakesPlaceForAnother() {
        ParleyException why = new ParleyException(ErrorCode.UNAVAILABLE, "too many reads wait");
        List<CompletableFuture<String>> refused = new ArrayList<>();
        for (int i = 0; i < Completions.MOST_READS; i++) {
            refused.add(completions
                    .<String>ofRead(() -> {
                        throw why;
                    })
                    .toCompletableFuture());
        }
        CompletableFuture<String> page = completions
                .ofRead(() -> CompletableFuture.completedStage("page"))
                .toCompletableFuture();
        assertThat(refused).noneMatch(CompletableFuture::isDone);
        runAll();
        assertThat(refused).allSatisfy(stage -> assertThatThrownBy(stage::join).hasCause(why));
        assertThat(page).isCompletedWithValue("page");
    }

    @Test
    void atTheEndNoStageIsLeftOpen() {
        List<CompletableFuture<String>> begun = new ArrayList<>();
        List<CompletableFuture<String>> stages = new ArrayList<>();
        stages.add(completions.of(CompletableFuture<String>::new).toCompletableFuture());
        for (int i = 0; i <= Completions.MOST_READS; i++) {
            stages.add(completions.ofRead(() -> begin(begun)).toCompletableFuture());
        }
        begun.get(0).complete("a page for which no thread is left");
        completions.close();
        stages.add(
                completions.of(() -> CompletableFuture.completedStage("late")).toCompletableFuture());
        stages.add(completions.ofRead(() -> begin(begun)).toCompletableFuture());
        assertThat(stages).allSatisfy(stage -> {
            assertThat(stage).isDone();
            assertThatThrownBy(stage::join).hasRootCauseMessage("Parley has ended with its application");
        });
        runAll();
        assertThat(begun).hasSize(Completions.MOST_READS);
    }

    private static CompletionStage<String> begin(List<CompletableFuture<String>> begun) {
        CompletableFuture<String> read = new CompletableFuture<>();
        begun.add(read);
        return read;
    }

    private void runAll() {
        for (Runnable task; (task = threads.poll()) != null; ) {
            task.run();
        }
    }

    private boolean isRefused() {
        return completions
                .of(CompletableFuture<String>::new)
                .toCompletableFuture()
                .isCompletedExceptionally();
    }
}

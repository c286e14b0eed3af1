package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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

    private boolean isRefused() {
        return completions
                .of(CompletableFuture<String>::new)
                .toCompletableFuture()
                .isCompletedExceptionally();
    }
}

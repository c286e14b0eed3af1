package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.message.ParleyException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What comes of a request, waited for within bounds. Pure functions. */
final class Outcome {
    private Outcome() {}

    static <T> T ends(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    static ParleyException failure(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> ends(stage));
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(ParleyException.class);
        return (ParleyException) thrown.getCause();
    }
}

package dev.parley.config;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Ends the stages that an application gets on threads that may run the application's code: the log's threads and the
 * loops, where results come from, may not. Thread-safe. At most {@value #MOST} stages are open at a time, so that no more
 * wait for those threads.
 */
final class Completions {
    static final int MOST = 10_000;

    private final Executor threads;
    private final AtomicInteger open = new AtomicInteger();

    /** @param threads runs each task later, never at once */
    Completions(Executor threads) {
        this.threads = threads;
    }

    /**
     * Begins something, and gives the application a stage of its result.
     *
     * @param begin gives the stage of the engine; where it throws a {@link ParleyException}, the application's stage has
     *     failed with that
     */
    <T> CompletionStage<T> of(Supplier<CompletionStage<T>> begin) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            return CompletableFuture.failedStage(new ParleyException(
                    ErrorCode.UNAVAILABLE, MOST + " stages of the application are open; wait for some of them"));
        }
        CompletionStage<T> result;
        try {
            result = begin.get();
        } catch (ParleyException why) {
            open.decrementAndGet();
            return CompletableFuture.failedStage(why);
        } catch (RuntimeException | Error e) {
            open.decrementAndGet();
            throw e;
        }
        CompletableFuture<T> stage = new CompletableFuture<>();
        result.whenComplete((value, failure) -> threads.execute(() -> end(stage, value, failure)));
        return stage;
    }

    private <T> void end(CompletableFuture<T> stage, T value, Throwable failure) {
        // Whatever the application hangs on the stage runs now, and may open another one.
        open.decrementAndGet();
        if (failure == null) {
            stage.complete(value);
        } else {
            stage.completeExceptionally(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
        }
    }
}

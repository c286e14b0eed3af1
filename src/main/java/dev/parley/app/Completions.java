package dev.parley.app;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Ends the stages that an application gets on threads that may run the application's code: the log's threads and the
 * loops, where results come from, may not. Thread-safe.
 *
 * <p>At most {@value #MOST} stages are open at a time. At most {@value #MOST_READS} reads are under way, until what the
 * application hung on them has run: the pages that they hold wait for those threads, and a page may have 256 KiB. More
 * reads wait here, without a page.
 */
final class Completions implements AutoCloseable {
    static final int MOST = 10_000;
    static final int MOST_READS = 8;

    private final Executor threads;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST);
    private final Queue<Read<?>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore reads = new Semaphore(MOST_READS);
    private volatile boolean closed;

    private record Read<T>(Supplier<CompletionStage<T>> begin, CompletableFuture<T> stage) {}

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
        CompletableFuture<T> stage = open();
        if (stage.isDone()) {
            return stage;
        }
        CompletionStage<T> result;
        try {
            result = begin.get();
        } catch (ParleyException why) {
            end(stage, null, why);
            return stage;
        } catch (RuntimeException | Error e) {
            end(stage, null, e);
            throw e;
        }
        result.whenComplete((value, failure) -> threads.execute(() -> end(stage, value, failure)));
        return stage;
    }

    /**
     * The same for a read, which begins when there is place for it.
     *
     * @param begin gives the stage of the engine; where it throws, the application's stage fails with that. Called on this
     *     thread or, later, on one of the application's
     */
    <T> CompletionStage<T> ofRead(Supplier<CompletionStage<T>> begin) {
        CompletableFuture<T> stage = open();
        if (!stage.isDone()) {
            waiting.add(new Read<>(begin, stage));
            nextRead();
        }
        return stage;
    }

    /** Begins what waits, while there is place. Whoever frees a place calls this afterwards, so that no read is left. */
    private void nextRead() {
        while (!waiting.isEmpty() && reads.tryAcquire()) {
            Read<?> next = waiting.poll();
            if (next == null) {
                reads.release();
            } else {
                begin(next);
            }
        }
    }

    private <T> void begin(Read<T> read) {
        CompletionStage<T> result;
        try {
            result = read.begin.get();
        } catch (RuntimeException | Error e) {
            result = CompletableFuture.failedStage(e);
        }
        result.whenComplete((value, failure) -> threads.execute(() -> {
            end(read.stage, value, failure);
            reads.release();
            nextRead();
        }));
    }

    /** A stage with a place, or one that has failed. */
    private <T> CompletableFuture<T> open() {
        CompletableFuture<T> stage = new CompletableFuture<>();
        if (closed) {
            stage.completeExceptionally(ended());
        } else if (!places.tryAcquire()) {
            stage.completeExceptionally(new ParleyException(
                    ErrorCode.UNAVAILABLE, MOST + " stages of the application are open; wait for some of them"));
        } else {
            open.add(stage);
            if (closed) {
                // close() may have gone through the open ones before.
                end(stage, null, ended());
            }
        }
        return stage;
    }

    /** Does nothing where the stage has ended. */
    private <T> void end(CompletableFuture<T> stage, T value, Throwable failure) {
        if (!open.remove(stage)) {
            return;
        }
        // Whatever the application hangs on the stage runs now, and may open another one.
        places.release();
        if (failure == null) {
            stage.complete(value);
        } else {
            stage.completeExceptionally(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
        }
    }

    private static ParleyException ended() {
        return new ParleyException(ErrorCode.UNAVAILABLE, "Parley has ended with its application");
    }

    /** Fails all stages that are open, on this thread, and from now on each one at once. */
    @Override
    public void close() {
        closed = true;
        waiting.clear();
        open.forEach(stage -> end(stage, null, ended()));
    }
}

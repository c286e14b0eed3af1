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
 * Completes the stages of an application on threads for the application's code. The results come from the log's threads and
 * from loops, which must not run such code. Thread-safe.
 *
 * <p>At most {@value #MOST} stages are open. At most {@value #MOST_READS} reads are running; a read counts until the
 * application's functions on its stage have run, because its page of up to 256 KiB stays in memory until then. Other reads
 * wait here.
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

    /** @param threads runs each task later, never during {@code execute} */
    Completions(Executor threads) {
        this.threads = threads;
    }

    /**
     * Begins an operation, and returns a stage of its result for the application.
     *
     * @param begin begins the operation and returns its stage. If it throws a {@link ParleyException}, the application's
     *     stage has failed with that
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
     * Like {@link #of} for a read, which may have to wait for other reads.
     *
     * @param begin begins the read and returns its stage. If it throws, the application's stage fails with that. Called on
     *     this thread, or later on a thread of the application
     */
    <T> CompletionStage<T> ofRead(Supplier<CompletionStage<T>> begin) {
        CompletableFuture<T> stage = open();
        if (!stage.isDone()) {
            waiting.add(new Read<>(begin, stage));
            nextRead();
        }
        return stage;
    }

    /** Begins waiting reads while fewer than {@value #MOST_READS} are running. Called after each end of a read. */
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

    /** Returns an open stage, or a failed stage if too many are open. */
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
                // close() may have missed this stage.
                end(stage, null, ended());
            }
        }
        return stage;
    }

    /** Completes a stage. Does nothing if it is complete. */
    private <T> void end(CompletableFuture<T> stage, T value, Throwable failure) {
        if (!open.remove(stage)) {
            return;
        }
        // The application's functions on the stage run in complete(), and may open another stage.
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

    /** Fails all open stages, on this thread. Each later stage has failed from the start. */
    @Override
    public void close() {
        closed = true;
        waiting.clear();
        open.forEach(stage -> end(stage, null, ended()));
    }
}

package dev.parley.room;

import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends the stages of what applications say, on threads that may run the applications' code: those that know how a draft
 * ended are the log's and the rooms' own. Thread-safe. At most {@value #MOST} are under way at a time, so that no more
 * wait for those threads.
 */
final class Completions {
    private static final int MOST = 10_000;

    private final Executor threads;
    private final AtomicInteger open = new AtomicInteger();

    Completions(Executor threads) {
        this.threads = threads;
    }

    /** The fate of one draft, and the stage that ends with it. */
    final class Said implements Draft.Outcome {
        private final CompletableFuture<Entry> stage = new CompletableFuture<>();

        private Said() {}

        CompletionStage<Entry> stage() {
            return stage;
        }

        @Override
        public void said(Entry entry) {
            end(() -> stage.complete(entry));
        }

        @Override
        public void refused(ParleyException why) {
            end(() -> stage.completeExceptionally(why));
        }

        /** Nothing was queued, and the stage ends before anything can hang on it. */
        CompletionStage<Entry> failed(ParleyException why) {
            open.decrementAndGet();
            stage.completeExceptionally(why);
            return stage;
        }

        private void end(Runnable completion) {
            threads.execute(() -> {
                try {
                    completion.run();
                } finally {
                    open.decrementAndGet();
                }
            });
        }
    }

    /** @throws ParleyException with {@code unavailable} when {@value #MOST} are under way */
    Said begin() {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, MOST + " messages of the application are under way; wait for some of them");
        }
        return new Said();
    }
}

package dev.parley.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The reply that a request waits for, which refuses to be waited for on the thread that would complete it.
 * Thread-safe.
 */
final class ReplyFuture<T> extends CompletableFuture<T> {
    private final ListenerThread completedOn;

    ReplyFuture(ListenerThread completedOn) {
        this.completedOn = completedOn;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new ReplyFuture<>(completedOn);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseToWaitForever();
        return super.get();
    }

    @Override
    public T join() {
        refuseToWaitForever();
        return super.join();
    }

    private void refuseToWaitForever() {
        if (!isDone() && completedOn.isCurrent()) {
            throw new IllegalStateException(
                    "a reply would never come while the listener's thread waits for it: go on in thenAccept instead");
        }
    }
}

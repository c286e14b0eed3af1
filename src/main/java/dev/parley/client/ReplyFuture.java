package dev.parley.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The reply to a request. On the thread that completes it, {@link #get()} and {@link #join()} of an incomplete reply
 * throw an {@link IllegalStateException}; {@code get} with a timeout does not. Thread-safe.
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
                    "the listener's thread completes replies and must not wait for one: use thenAccept instead");
        }
    }
}

package dev.parley.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a test does beside itself, each task on a thread of its own. The common pool has one thread on a machine of two cores from
 * Java 25 on (before, a task got a thread of its own there), so that a second task that waits would not begin.
 */
public final class Background {
    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "test-background");
        thread.setDaemon(true);
        thread.start();
    };

    private Background() {}

    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, OWN_THREAD);
    }

    public static <T> CompletableFuture<T> get(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, OWN_THREAD);
    }
}

package dev.parley.log.durable;

import java.util.concurrent.ThreadFactory;

/**
 * Makes daemon threads that all have one name. Thread-safe if {@code threads} is.
 *
 * @param name such as {@code parley-log-writer}
 * @param threads the factory that makes the threads
 */
public record DaemonThreads(String name, ThreadFactory threads) implements ThreadFactory {
    @Override
    public Thread newThread(Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }
}

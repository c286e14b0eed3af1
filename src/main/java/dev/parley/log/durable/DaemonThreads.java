package dev.parley.log.durable;

import java.util.concurrent.ThreadFactory;

/**
 * Makes daemon threads of one name. Thread-safe as the other factory is.
 *
 * @param name such as {@code parley-log-writer}
 * @param threads makes them
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

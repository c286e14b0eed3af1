package dev.parley.config;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes Parley's few threads: daemons that see the application's classes. Thread-safe.
 *
 * @param name what they do, for whoever reads a thread dump
 */
record Threads(String name, ClassLoader loader, AtomicInteger count) implements ThreadFactory {
    Threads(String name) {
        this(name, Thread.currentThread().getContextClassLoader(), new AtomicInteger());
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "parley-" + name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}

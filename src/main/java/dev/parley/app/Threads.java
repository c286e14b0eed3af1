package dev.parley.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes Parley's few threads, which are daemons. Thread-safe.
 *
 * @param name what they do, for whoever reads a thread dump
 * @param loader the context class loader of each
 */
record Threads(String name, ClassLoader loader, AtomicInteger count) implements ThreadFactory {
    /**
     * Threads that run no application code. They see the container's classes, not the application's: a thread that a
     * container starts while one of these sends takes over the context class loader, and WildFly 39 keeps such threads
     * after the application is gone.
     */
    Threads(String name) {
        this(name, ApplicationScoped.class.getClassLoader());
    }

    Threads(String name, ClassLoader loader) {
        this(name, loader, new AtomicInteger());
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "parley-" + name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}

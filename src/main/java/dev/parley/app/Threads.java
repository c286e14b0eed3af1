package dev.parley.app;

import dev.parley.transport.Transport;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads of Parley. They are daemons. Thread-safe.
 *
 * @param name describes the work of the threads in a thread dump
 * @param loader the context class loader of the threads
 */
record Threads(String name, ClassLoader loader, AtomicInteger count) implements ThreadFactory {
    /**
     * Threads that run no application code. Their context class loader is that of the container, not of the application. If
     * one of them sends, a container may start a thread, which inherits this class loader; WildFly 39 keeps such threads after
     * the application is undeployed.
     */
    Threads(String name) {
        this(name, Transport.serverLoader());
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

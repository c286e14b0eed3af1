package dev.parley.app;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Makes the threads that run an application's own code, such as its observers: managed ones where the container has
 * them (Jakarta Concurrency 3.0 section 3.4), which see {@code java:comp} and the application's classes; threads of
 * Parley's elsewhere (standalone, Tomcat). Thread-safe.
 *
 * <p>A container captures the context of a managed thread where the thread is made. So all are made while the
 * application starts: a bare thread, such as the log's writer, has no context to give.
 */
final class ApplicationThreads implements ThreadFactory {
    private static final String MANAGED = "java:comp/DefaultManagedThreadFactory";

    private final ThreadFactory threads;

    /** @param name what they do, for whoever reads a thread dump */
    ApplicationThreads(String name) {
        ThreadFactory managed = managed();
        threads = managed == null
                ? new Threads(name, Thread.currentThread().getContextClassLoader())
                : named(managed, name);
    }

    @Override
    public Thread newThread(Runnable task) {
        return threads.newThread(task);
    }

    /** A pool of so many threads, all of them running. Its queue has no bound: whoever uses it bounds what it hands over. */
    static ThreadPoolExecutor pool(String name, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new ApplicationThreads(name),
                // After the end of the application there is nobody left to notify.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.prestartAllCoreThreads();
        return pool;
    }

    private static ThreadFactory named(ThreadFactory managed, String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = managed.newThread(task);
            thread.setName("parley-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static ThreadFactory managed() {
        try {
            return InitialContext.doLookup(MANAGED);
        } catch (NamingException | ClassCastException e) {
            return null;
        }
    }
}

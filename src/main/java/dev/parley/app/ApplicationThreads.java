package dev.parley.app;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Makes the threads for code of the application, such as its observers. If the container has managed threads (Jakarta
 * Concurrency 3.0 section 3.4), these are managed threads with {@code java:comp} and the application's classes. Otherwise
 * (standalone, Tomcat) they are threads of Parley. Thread-safe.
 *
 * <p>A managed thread gets its context from the thread that makes it. So all of them are made while the application starts:
 * a plain thread, such as the log's writer, has no such context.
 */
final class ApplicationThreads implements ThreadFactory {
    private static final String MANAGED = "java:comp/DefaultManagedThreadFactory";

    private final ThreadFactory threads;

    /** @param name describes the work of the threads in a thread dump */
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

    /** Makes a pool whose threads are all running. Its queue has no bound, so each user of the pool must bound its tasks. */
    static ThreadPoolExecutor pool(String name, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new ApplicationThreads(name),
                // After the end of the application, its code must not run.
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

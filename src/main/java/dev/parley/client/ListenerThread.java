package dev.parley.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one thread that calls a client's listener and completes its replies, in the order in which the server sent the
 * messages. Thread-safe.
 *
 * <p>The reading thread keeps its queue bounded: it calls {@link #awaitSpace} before it adds a frame. Changes of state
 * are added without waiting, because the caller holds a lock; each frame makes only a few.
 */
final class ListenerThread {
    private static final Logger LOG = System.getLogger(ListenerThread.class.getName());
    private static final AtomicLong COUNT = new AtomicLong();

    private final long most;
    private final Duration patience;
    private final ExecutorService executor;
    private volatile Thread thread;
    private long waiting;

    /**
     * @param most how many bytes may wait before reading stops
     * @param patience how long reading may stop before the listener counts as too slow
     */
    ListenerThread(long most, Duration patience) {
        this.most = most;
        this.patience = patience;
        // Calls that are added after the end are discarded.
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                this::start,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private Thread start(Runnable work) {
        Thread started = new Thread(work, "parley-client-" + COUNT.incrementAndGet());
        started.setDaemon(true);
        thread = started;
        return started;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs {@code call} after all calls that were added before; an exception is logged. */
    void add(long weight, Runnable call) {
        synchronized (this) {
            waiting += weight;
        }
        executor.execute(() -> {
            guard(call);
            heard(weight);
        });
    }

    /** Runs a listener's call on this thread; an exception is logged, and the caller continues. */
    static void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            // Also errors: a failed assertion in a listener must not end the thread that completes replies.
            LOG.log(Level.WARNING, "A chat listener threw; it is called again for the next message", thrown);
        }
    }

    /**
     * Waits until fewer bytes than the bound wait for the listener. An interrupt does not end the wait, which is bounded:
     * containers interrupt threads for their own reasons, and the listener may be fast enough.
     *
     * @return false if the listener was too slow
     */
    synchronized boolean awaitSpace() {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (waiting >= most) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the thread after all calls that were added. */
    void end() {
        executor.shutdown();
    }

    private synchronized void heard(long weight) {
        waiting -= weight;
        notifyAll();
    }
}

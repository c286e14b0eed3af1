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
 * The one thread on which a client's listener hears everything and its replies are completed, in the order of the
 * wire. Thread-safe.
 *
 * <p>What waits for it is bounded by who reads: it calls {@link #awaitRoom} before it adds a frame. Changes of state are
 * added without waiting, as they come from under a lock; they are few for each frame.
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
     * @param patience how long reading may stop
     */
    ListenerThread(long most, Duration patience) {
        this.most = most;
        this.patience = patience;
        // What comes after the end is discarded: nobody is there any more to hear it.
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

    /** Runs {@code call} after all that was added before; what it throws is logged. */
    void add(long weight, Runnable call) {
        synchronized (this) {
            waiting += weight;
        }
        executor.execute(() -> {
            guard(call);
            heard(weight);
        });
    }

    /** Runs a call of a listener on this thread; what it throws is logged, and keeps nobody from what follows. */
    static void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            // Errors too: a failed assertion of a listener must not end the thread that completes replies.
            LOG.log(Level.WARNING, "A chat listener threw; it is called again for the next message", thrown);
        }
    }

    /**
     * Waits until less than the bound waits to be heard.
     *
     * @return false when the listener was too slow for that, or this thread was interrupted
     */
    synchronized boolean awaitRoom() {
        long deadline = System.nanoTime() + patience.toNanos();
        while (waiting >= most) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Ends the thread once all that was added is heard. */
    void end() {
        executor.shutdown();
    }

    private synchronized void heard(long weight) {
        waiting -= weight;
        notifyAll();
    }
}

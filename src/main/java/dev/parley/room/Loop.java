package dev.parley.room;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that runs tasks one at a time, in the order in which they came, and when none waits (or after
 * {@value #TASKS_IN_A_ROW} of them) runs the flushes that they left behind. Thread-safe.
 *
 * <p>Whatever is pinned to one loop, a room or a connection's outbox, has its state to itself there and needs no lock.
 * Tasks never wait for a disk or a peer. Doing the flushes last is what turns many messages into one write.
 */
public final class Loop {
    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private static final int CAPACITY = 65_536;
    private static final int TASKS_IN_A_ROW = 256;
    /** Sends that end, and rooms of other loops, add to the flushes all the time; the tasks are to have their turn. */
    private static final int FLUSHES_IN_A_ROW = 4_096;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    /** Bounded by its users: whoever wants a flush is in here once at most. */
    private final Queue<Runnable> flushes = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopped;

    Loop(ThreadFactory threads) {
        thread = threads.newThread(this::run);
        thread.start();
    }

    /** Queues a task; false when {@value #CAPACITY} wait already, or when the loop has stopped. */
    public boolean offer(Runnable task) {
        if (stopped || waiting.get() >= CAPACITY) {
            return false;
        }
        add(task);
        return true;
    }

    /**
     * Queues a task, waiting for a place where {@value #CAPACITY} wait already: so the log's writer, the only one to
     * call this, slows down with the loops, and its own bounded queue tells the senders. Does nothing when the loop has
     * stopped.
     */
    void put(Runnable task) {
        while (!stopped && waiting.get() >= CAPACITY && Thread.currentThread() != thread) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
        add(task);
    }

    /** Queues a task whatever waits; for what each membership has one of at a time, and is bounded by that. */
    void add(Runnable task) {
        if (!stopped) {
            waiting.incrementAndGet();
            tasks.add(task);
            wake();
        }
    }

    /** Asks for {@code flush} to be run after the tasks at hand. The caller sees to it that it waits here once only. */
    public void flushLater(Runnable flush) {
        flushes.add(flush);
        wake();
    }

    /** Ends the loop after the task at hand, and waits for that for at most a second. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!stopped) {
            int done = runSome(tasks, TASKS_IN_A_ROW);
            waiting.addAndGet(-done);
            done += runSome(flushes, FLUSHES_IN_A_ROW);
            if (done == 0) {
                asleep.set(true);
                // What came between the look above and this line has seen no sleeper to wake.
                if (tasks.isEmpty() && flushes.isEmpty() && !stopped) {
                    LockSupport.park(this);
                }
                asleep.set(false);
            }
        }
        // Whoever waits for the fate of what was committed is still told.
        runSome(tasks, Integer.MAX_VALUE);
    }

    private static int runSome(Queue<Runnable> queue, int most) {
        int done = 0;
        for (Runnable task; done < most && (task = queue.poll()) != null; done++) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // One room's or one connection's trouble is not to be everybody's.
                LOG.log(Level.ERROR, "A task failed; the others go on", e);
            }
        }
        return done;
    }
}

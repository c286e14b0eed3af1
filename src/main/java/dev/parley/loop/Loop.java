package dev.parley.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A thread that runs tasks one at a time, in the order in which they came, and by and by the flushes that they left
 * behind. Thread-safe.
 *
 * <p>A room is pinned to one loop: its state is that loop's alone and needs no lock. Tasks never wait for a disk or a
 * peer. Flushes are what sends; each may run on any loop. They come after the tasks, a part of them at a time, and stay on
 * the loop whose task asked for them: what is said while a large room is being sent to joins what was not sent yet, and
 * nothing is handed from one thread to another, but for a crowd.
 */
public final class Loop {
    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private static final ThreadLocal<Loop> CURRENT = new ThreadLocal<>();
    private static final int CAPACITY = 65_536;
    private static final int TASKS_IN_A_ROW = 16;
    private static final int FLUSHES_IN_A_ROW = 32;
    /** At least this part of the flushes is done after each row of tasks: however many those add, they don't pile up. */
    private static final int PART = 4;
    /** From so many flushes on, another loop that has nothing to do gets half of them. */
    private static final int CROWD = 512;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    /** From other threads. Bounded by its users: whoever wants a flush is in here once at most. */
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    /** This thread's alone, and bounded likewise. */
    private final ArrayDeque<Runnable> flushes = new ArrayDeque<>();

    /** This thread's alone: tasks that are not due yet, the next one first. */
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();

    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Loops others;
    private final Thread thread;
    private volatile boolean stopped;

    /** @param due of {@link System#nanoTime()} */
    private record Delayed(long due, Runnable task) implements Comparable<Delayed> {
        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due - other.due, 0);
        }
    }

    Loop(Loops others, ThreadFactory threads) {
        this.others = others;
        thread = threads.newThread(this::run);
    }

    void start() {
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
    public void put(Runnable task) {
        while (!stopped && waiting.get() >= CAPACITY && Thread.currentThread() != thread) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
        add(task);
    }

    /** Queues a task whatever waits; for what each membership has one of at a time, and is bounded by that. */
    public void add(Runnable task) {
        if (!stopped) {
            waiting.incrementAndGet();
            tasks.add(task);
            wake();
        }
    }

    /**
     * Queues a task after a while. For this loop's own thread. The timer of {@link CompletableFuture} would not do: its
     * thread is one for the whole JVM, and keeps the application that started it in memory for ever (Java 17).
     *
     * @param nanos how long, 0 or more; what is not due yet when the loop stops does not run
     */
    public void addAfter(long nanos, Runnable task) {
        assert isCurrent() : "only a loop's own thread gives it tasks for later";
        delayed.add(new Delayed(System.nanoTime() + nanos, task));
    }

    /**
     * Begins what may take its time.
     *
     * @return ends as the stage that {@code task} gives on this loop
     */
    public CompletionStage<Void> begin(Supplier<CompletionStage<Void>> task) {
        return CompletableFuture.supplyAsync(task, this::add).thenCompose(Function.identity());
    }

    /**
     * Asks for {@code flush} to be run after the tasks at hand, on the present loop or else on this one. The caller sees to
     * it that it waits once only.
     */
    public void flushLater(Runnable flush) {
        Loop present = CURRENT.get();
        if (present == null) {
            handOver(flush);
        } else {
            present.flushes.addLast(flush);
        }
    }

    /** Like {@link #flushLater}, but before those that are asked for with that. */
    public void flushSoon(Runnable flush) {
        Loop present = CURRENT.get();
        if (present == null) {
            handOver(flush);
        } else {
            present.flushes.addFirst(flush);
        }
    }

    private void handOver(Runnable flush) {
        handedOver.add(flush);
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
        CURRENT.set(this);
        while (!stopped) {
            queueDue();
            int done = runSome(tasks, TASKS_IN_A_ROW);
            waiting.addAndGet(-done);
            done += runSome(handedOver, FLUSHES_IN_A_ROW);
            if (flushes.size() >= CROWD) {
                others.idle().ifPresent(this::share);
            }
            done += runSome(flushes, Math.max(FLUSHES_IN_A_ROW, flushes.size() / PART));
            if (done == 0) {
                sleep();
            }
        }
        // Whoever waits for the fate of what was committed is still told.
        runSome(tasks, Integer.MAX_VALUE);
    }

    private void queueDue() {
        while (!delayed.isEmpty() && delayed.peek().due - System.nanoTime() <= 0) {
            add(delayed.poll().task);
        }
    }

    private void sleep() {
        asleep.set(true);
        // What came between the last look and this line has seen no sleeper to wake.
        if (tasks.isEmpty() && handedOver.isEmpty() && !stopped) {
            if (delayed.isEmpty()) {
                LockSupport.park(this);
            } else {
                // A time that has passed does not park.
                LockSupport.parkNanos(this, delayed.peek().due - System.nanoTime());
            }
        }
        asleep.set(false);
    }

    /** Whether this is the loop's own thread. Once the loop has stopped, its state is nobody's, and any thread will do. */
    public boolean isCurrent() {
        return Thread.currentThread() == thread || stopped;
    }

    boolean isAsleep() {
        return asleep.get();
    }

    private void share(Loop idle) {
        for (int i = flushes.size() / 2; i > 0; i--) {
            idle.handOver(flushes.removeLast());
        }
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

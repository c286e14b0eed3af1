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
 * A thread that runs tasks one at a time, in the order in which they were queued, and between them the flushes that the
 * tasks asked for. Thread-safe.
 *
 * <p>Each room belongs to one loop. Only that loop uses the room's state, so it needs no lock. Tasks never wait for a
 * disk or a peer. A flush sends the frames of one connection; it may run on any loop. The loop runs up to
 * {@value #TASKS_IN_A_ROW} tasks, then a part of the flushes, and so on: so a new message in a large room can leave in
 * one frame with messages that were not sent yet. Flushes stay on the loop whose task asked for them, unless
 * {@value #CROWD} or more wait and another loop is idle.
 */
public final class Loop {
    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private static final ThreadLocal<Loop> CURRENT = new ThreadLocal<>();
    private static final int CAPACITY = 65_536;
    /** The most characters of content in the tasks that wait. */
    static final int MOST_CONTENT = 4 << 20;

    private static final int TASKS_IN_A_ROW = 16;
    private static final int FLUSHES_IN_A_ROW = 32;
    /** After each row of tasks at least one flush in this many runs, so that the waiting flushes stay bounded. */
    private static final int PART = 4;
    /** If at least this many flushes wait, an idle loop gets half of them. */
    private static final int CROWD = 512;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger content = new AtomicInteger();
    /** Flushes from other threads. Bounded, because each connection has at most one flush waiting. */
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    /** Flushes from this loop's tasks. Only this thread uses it; bounded for the same reason. */
    private final ArrayDeque<Runnable> flushes = new ArrayDeque<>();

    /** Tasks that are not due yet, the next one first. Only this thread uses it. */
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();

    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Loops others;
    private final Thread thread;
    private volatile boolean stopped;

    /** @param due the time of the task, as {@link System#nanoTime} */
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

    /** Queues a task. Returns false if {@value #CAPACITY} tasks wait already, or if the loop has stopped. */
    public boolean offer(Runnable task) {
        if (stopped || waiting.get() >= CAPACITY) {
            return false;
        }
        add(task);
        return true;
    }

    /**
     * Queues a task that holds a content in memory.
     *
     * @param size the characters of the content
     * @return false as {@link #offer(Runnable)}, and if {@value #MOST_CONTENT} characters wait already
     */
    public boolean offer(Runnable task, int size) {
        boolean fits = content.addAndGet(size) <= MOST_CONTENT;
        Runnable counted = () -> {
            content.addAndGet(-size);
            task.run();
        };
        if (!fits || !offer(counted)) {
            content.addAndGet(-size);
            return false;
        }
        return true;
    }

    /**
     * Queues a task; waits while {@value #CAPACITY} tasks wait already. Only the log's writer calls this. So it slows
     * down together with the loops, and its own bounded queue then rejects new messages. Does nothing if the loop has
     * stopped.
     */
    public void put(Runnable task) {
        while (!stopped && waiting.get() >= CAPACITY && Thread.currentThread() != thread) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
        add(task);
    }

    /**
     * Queues a task even if many tasks wait. For tasks of which each membership has only one at a time, which bounds
     * their number. Does nothing if the loop has stopped.
     */
    public void add(Runnable task) {
        if (!stopped) {
            waiting.incrementAndGet();
            tasks.add(task);
            wake();
        }
    }

    /**
     * Queues a task after a delay. Must be called on this loop's own thread. The timer of {@link CompletableFuture}
     * can't be used: its thread serves the whole JVM, and keeps the application that started it in memory for ever
     * (Java 17).
     *
     * @param nanos the delay in nanoseconds, 0 or more. A task that is not due when the loop stops is not run
     */
    public void addAfter(long nanos, Runnable task) {
        assert isCurrent() : "only the loop's own thread may add delayed tasks";
        delayed.add(new Delayed(System.nanoTime() + nanos, task));
    }

    /**
     * Runs a task on this loop that continues elsewhere.
     *
     * @return a stage that completes as the stage that {@code task} returns
     */
    public CompletionStage<Void> begin(Supplier<CompletionStage<Void>> task) {
        return CompletableFuture.supplyAsync(task, this::add).thenCompose(Function.identity());
    }

    /**
     * Queues a flush, to be run after the current tasks: on the loop that calls this method, or, if no loop calls it,
     * on this loop. The caller must not queue the same flush twice at a time.
     */
    public void flushLater(Runnable flush) {
        Loop present = CURRENT.get();
        if (present == null) {
            handOver(flush);
        } else {
            present.flushes.addLast(flush);
        }
    }

    /**
     * Like {@link #flushLater}, but before all flushes that were queued with that method. From a thread that is no loop
     * it is the same as that method.
     */
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

    /**
     * Ends the loop. Tasks that are queued already still run, flushes and delayed tasks do not. Waits for the end at
     * most one second.
     */
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
        // The rest of the tasks: among them are notifications of committed messages, which must not be lost.
        runSome(tasks, Integer.MAX_VALUE);
    }

    private void queueDue() {
        while (!delayed.isEmpty() && delayed.peek().due - System.nanoTime() <= 0) {
            add(delayed.poll().task);
        }
    }

    private void sleep() {
        asleep.set(true);
        // A task that was queued just before this line did not wake the loop, because it was not asleep yet.
        if (tasks.isEmpty() && handedOver.isEmpty() && !stopped) {
            if (delayed.isEmpty()) {
                LockSupport.park(this);
            } else {
                // With a time that has passed, parkNanos returns at once.
                LockSupport.parkNanos(this, delayed.peek().due - System.nanoTime());
            }
        }
        asleep.set(false);
    }

    /**
     * Whether the caller is this loop's own thread. After the loop has stopped, this is true for every thread, because
     * no loop uses the state any more.
     */
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
                // A failure in one room or connection must not affect the others.
                LOG.log(Level.ERROR, "A task failed; the loop continues", e);
            }
        }
        return done;
    }
}

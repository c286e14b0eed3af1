package dev.parley.transaction;

import dev.parley.log.Draft;
import dev.parley.log.MessageLog;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps the messages of transactions in memory. They are appended after the commit, at most once: if the process ends between the
 * commit and the write of the log, they are lost. So is what the log has taken and can't write then. Thread-safe.
 *
 * <pre>
 *   add ─▶ pending ─▶ commit ─▶ ready ─▶ under way ─▶ durable
 *                                 ├── another sender has drafts in the room: waits for a result
 *                                 └── the log takes nothing now: waits for a result, or 100 ms if none is to come
 * </pre>
 *
 * <p>All transactions together may hold a sixteenth of the heap, one transaction a quarter of that; further messages are rejected.
 * What is ready counts too.
 */
public final class VolatileQueue implements TransactionQueue {
    /** About what a message takes beside its content. */
    private static final int OVERHEAD = 256;

    private static final int PART_OF_HEAP = 16;
    private static final int PART_OF_ALL = 4;
    private static final long PAUSE_MILLIS = 100;
    private static final long CLOSE_SECONDS = 5;

    private final Jta jta;
    private final MessageLog log;
    private final Consumer<Throwable> failures;
    private final long most;
    /** Its one thread starts when the log has refused a message for the first time. */
    private final ScheduledExecutorService timer;

    private final AtomicLong held = new AtomicLong();
    /** The messages of committed transactions that the log has not taken yet, in order. Guarded by this, as the next ones. */
    private final Queue<Draft> ready = new ArrayDeque<>();

    private final UnderWay underWay = new UnderWay();
    private boolean isPausing;
    private boolean isClosed;

    /**
     * @param threads makes a thread that never blocks
     * @param failures gets the reason of each message that was not sent after its commit. It must not block: it is called on loops
     */
    public VolatileQueue(Jta jta, MessageLog log, ThreadFactory threads, Consumer<Throwable> failures) {
        this(jta, log, threads, failures, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    VolatileQueue(Jta jta, MessageLog log, ThreadFactory threads, Consumer<Throwable> failures, long most) {
        this.jta = jta;
        this.log = log;
        this.timer = Executors.newSingleThreadScheduledExecutor(threads);
        this.failures = failures;
        this.most = most;
    }

    @Override
    public void start() {
        // Nothing is left from before.
    }

    @Override
    public boolean isInTransaction() {
        return jta.isInTransaction();
    }

    @Override
    public void add(Draft draft) {
        Pending<Draft> pending = jta.pending(this, () -> new Pending<>(most / PART_OF_ALL, this::ended));
        long size = size(draft);
        if (held.addAndGet(size) > most) {
            held.addAndGet(-size);
            throw Unavailable.because("too many bytes wait for the commit of transactions");
        }
        try {
            pending.add(draft, size);
        } catch (ParleyException e) {
            held.addAndGet(-size);
            throw e;
        }
    }

    private static long size(Draft draft) {
        return OVERHEAD + draft.body().bytes();
    }

    private void ended(List<Draft> drafts, Pending.End end) {
        if (end == Pending.End.COMMITTED) {
            synchronized (this) {
                ready.addAll(drafts);
            }
            appendReady();
            return;
        }
        for (Draft draft : drafts) {
            held.addAndGet(-size(draft));
            answer(() -> draft.outcome().refused(end.why()));
        }
    }

    /**
     * Appends what the log takes now. Called after each commit, on its thread; after each result, on the thread of the result (a
     * loop); and after a pause.
     */
    private void appendReady() {
        List<Runnable> refusals = new ArrayList<>();
        synchronized (this) {
            while (!ready.isEmpty() && append(ready.element(), refusals)) {
                held.addAndGet(-size(ready.remove()));
            }
            notifyAll();
        }
        refusals.forEach(Runnable::run);
    }

    /** Returns false if the draft must wait. */
    private boolean append(Draft draft, List<Runnable> refusals) {
        if (!underWay.takes(draft)) {
            return false;
        }
        try {
            log.append(new Draft(draft.room(), draft.from(), draft.id(), draft.body(), new Watched(draft)));
            underWay.add(draft);
        } catch (ParleyException e) {
            if (e.code() == ErrorCode.UNAVAILABLE && !isClosed) {
                pause();
                return false;
            }
            refusals.add(() -> refuse(draft, e));
        }
        return true;
    }

    /** The log is full of messages of others, or can't be written now. If a draft is under way, its result ends the wait. */
    private void pause() {
        if (underWay.isEmpty() && !isPausing) {
            timer.schedule(this::afterPause, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            isPausing = true;
        }
    }

    private void afterPause() {
        synchronized (this) {
            isPausing = false;
        }
        appendReady();
    }

    private void refuse(Draft draft, ParleyException why) {
        report(why);
        answer(() -> draft.outcome().refused(why));
    }

    /** If one sender can't be answered, the others still are. */
    private void answer(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private void report(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (RuntimeException | Error e) {
            // It can't even be logged. The messages behind it still get their results.
        }
    }

    /** Notifies of the result of a draft; after it, the next drafts can be appended. */
    private void done(Draft draft, Runnable notification) {
        try {
            notification.run();
        } finally {
            synchronized (this) {
                underWay.remove(draft);
            }
            appendReady();
        }
    }

    /** The outcome of a draft; after it, the next drafts can be appended. */
    private final class Watched implements Draft.Outcome {
        private final Draft draft;

        private Watched(Draft draft) {
            this.draft = draft;
        }

        @Override
        public void said(Entry entry) {
            done(draft, () -> draft.outcome().said(entry));
        }

        @Override
        public void repeated(Entry entry) {
            done(draft, () -> draft.outcome().repeated(entry));
        }

        @Override
        public void refused(ParleyException why) {
            report(why);
            done(draft, () -> draft.outcome().refused(why));
        }

        @Override
        public void unknown(ParleyException why) {
            report(why);
            done(draft, () -> draft.outcome().unknown(why));
        }
    }

    /** What the log has not taken after some seconds is lost. */
    @Override
    public void close() {
        List<Draft> rest = end();
        timer.shutdownNow();
        for (Draft draft : rest) {
            held.addAndGet(-size(draft));
            refuse(draft, Unavailable.because("the application has ended before the log took the message"));
        }
    }

    /** Waits until the log has taken everything, at most some seconds. Returns what it has not. */
    private synchronized List<Draft> end() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            for (long left = end - System.nanoTime(); !ready.isEmpty() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        isClosed = true;
        List<Draft> rest = List.copyOf(ready);
        ready.clear();
        return rest;
    }

    @Override
    public String toString() {
        return "after the commit, at most once";
    }
}

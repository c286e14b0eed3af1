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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps the messages of transactions in memory. They are appended after the commit, at most once: if the process ends between the
 * commit and the write of the log, they are lost. Thread-safe.
 *
 * <pre>
 *   add ─▶ pending ─▶ commit ─▶ ready ─▶ under way ─▶ durable
 *                                 └── the log is full, or another sender has drafts in the room: waits for a result
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
    private static final long CLOSE_SECONDS = 5;

    private final Jta jta;
    private final MessageLog log;
    private final Consumer<Throwable> failures;
    private final long most;
    private final AtomicLong held = new AtomicLong();
    /** The messages of committed transactions that the log has not taken yet, in order. Guarded by this, as the next one. */
    private final Queue<Draft> ready = new ArrayDeque<>();

    private final UnderWay underWay = new UnderWay();

    /** @param failures gets the reason of each message that was not sent after its commit */
    public VolatileQueue(Jta jta, MessageLog log, Consumer<Throwable> failures) {
        this(jta, log, failures, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    VolatileQueue(Jta jta, MessageLog log, Consumer<Throwable> failures, long most) {
        this.jta = jta;
        this.log = log;
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
            draft.outcome().refused(end.why());
        }
    }

    /** Appends what the log takes now. Called after each commit and after each result, on one of the log's threads. */
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

    /** Returns false if the draft must wait for a result. */
    private boolean append(Draft draft, List<Runnable> refusals) {
        if (!underWay.takes(draft)) {
            return false;
        }
        try {
            log.append(new Draft(draft.room(), draft.from(), draft.id(), draft.body(), new Watched(draft)));
            underWay.add(draft);
        } catch (ParleyException e) {
            if (e.code() == ErrorCode.UNAVAILABLE && !underWay.isEmpty()) {
                return false;
            }
            refusals.add(() -> {
                draft.outcome().refused(e);
                failures.accept(e);
            });
        }
        return true;
    }

    private void done(Draft draft) {
        synchronized (this) {
            underWay.remove(draft);
        }
        appendReady();
    }

    /** The outcome of a draft; after it, the next drafts can be appended. */
    private final class Watched implements Draft.Outcome {
        private final Draft draft;

        private Watched(Draft draft) {
            this.draft = draft;
        }

        @Override
        public void said(Entry entry) {
            draft.outcome().said(entry);
            done(draft);
        }

        @Override
        public void repeated(Entry entry) {
            draft.outcome().repeated(entry);
            done(draft);
        }

        @Override
        public void refused(ParleyException why) {
            draft.outcome().refused(why);
            failures.accept(why);
            done(draft);
        }

        @Override
        public void unknown(ParleyException why) {
            draft.outcome().unknown(why);
            failures.accept(why);
            done(draft);
        }
    }

    /** Without the log, nothing can be appended. */
    @Override
    public synchronized void close() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            for (long left = end - System.nanoTime(); !ready.isEmpty() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "after the commit, at most once";
    }
}

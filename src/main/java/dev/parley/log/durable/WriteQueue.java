package dev.parley.log.durable;

import dev.parley.log.Draft;
import dev.parley.log.User;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The queue of drafts and notes (read marks and reserved names) that wait to be written. The drafts of one sender keep
 * their order, and the senders take turns. Thread-safe; many threads add, the one writer takes.
 *
 * <p>It holds at most {@value #MAX_DRAFTS} drafts and {@value #MAX_BYTES} bytes of bodies, and at most a quarter of
 * each from one sender; more drafts are rejected. A draft that has no other before it is always accepted, even if it is
 * larger.
 */
final class WriteQueue {
    static final int MAX_DRAFTS = 20_000;
    static final long MAX_BYTES = 64L << 20;

    /** One sender may use one part in this many of both limits. */
    private static final int PART = 4;

    private static final int BATCH_DRAFTS = 1_000;
    /** Bounds the time of a commit: a draft that is added meanwhile waits for it, even a small one. */
    private static final long BATCH_BYTES = 2L << 20;

    private static final int BATCH_MARKS = 10_000;
    private static final int BATCH_NAMES = 10_000;

    /** How long notes wait, so that they share a commit with a draft or with other notes. */
    private static final long NOTES_WAIT = TimeUnit.SECONDS.toNanos(1);

    /** For this long after closing, new batches still begin: less than {@link GroupCommitLog#close} waits. */
    private static final long CLOSING = TimeUnit.SECONDS.toNanos(4);

    private static final int MAX_REQUESTS = 1_000;
    private static final int BATCH_REQUESTS = 100;
    private static final Batch NOTHING = new Batch(List.of(), Notes.NONE, List.of());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final FairQueue drafts = new FairQueue();
    private final ReadMarks marks = new ReadMarks();
    private final Queue<Request> requests = new ArrayDeque<>();
    private final WaitingNames names = new WaitingNames();
    /** The bytes of the batch that was taken last. */
    private long batchBytes;

    private long notesDue;
    private boolean open;
    private volatile boolean closed;
    private long closedAt;

    /** Begins to accept drafts. */
    void open() {
        lock.lock();
        try {
            open = !closed;
        } finally {
            lock.unlock();
        }
    }

    void put(Draft draft) {
        long weight = draft.body().bytes();
        lock.lock();
        try {
            if (!open) {
                throw unavailable(closed ? "the log is closed" : "the log has not been started");
            }
            // An empty queue accepts one draft of any size.
            if (drafts.size() >= MAX_DRAFTS || !drafts.isEmpty() && drafts.bytes() + weight > MAX_BYTES) {
                throw unavailable("too many messages wait to be stored; try again later");
            }
            FairQueue.Sender sender = drafts.sender(draft);
            boolean isFirst = sender.size() == 0;
            if (sender.size() >= MAX_DRAFTS / PART || !isFirst && sender.bytes() + weight > MAX_BYTES / PART) {
                throw unavailable("too many messages of yours wait to be stored; try again later");
            }
            drafts.add(sender, draft, weight);
            if (drafts.size() == 1) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void put(Request request) {
        lock.lock();
        try {
            if (closed) {
                throw unavailable("the log is closed");
            }
            if (requests.size() >= MAX_REQUESTS) {
                throw unavailable("too many requests of moderators wait; try again later");
            }
            requests.add(request);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private static ParleyException unavailable(String why) {
        return new ParleyException(ErrorCode.UNAVAILABLE, why);
    }

    void put(Mark mark) {
        putNote(() -> marks.put(mark));
    }

    /** The name of the user is reserved. */
    void reserve(User user) {
        putNote(() -> names.put(user));
    }

    private void putNote(Runnable put) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (hasNoNotes()) {
                notesDue = System.nanoTime() + NOTES_WAIT;
                work.signal();
            }
            put.run();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasNoNotes() {
        return marks.isEmpty() && names.isEmpty();
    }

    /** The marks of a room that are not written yet, by the keys of the users. */
    Map<String, Long> marks(RoomName room) {
        lock.lock();
        try {
            return marks.of(room);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes notes that are written. They stay in the queue until this call, so a batch that fails need not put them
     * back.
     */
    void written(Notes written) {
        lock.lock();
        try {
            marks.remove(written.marks());
            names.remove(written.names());
            if (written.marks().size() < BATCH_MARKS && written.names().size() < BATCH_NAMES) {
                notesDue = System.nanoTime() + NOTES_WAIT;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for drafts, notes or requests to write, and ignores interrupts.
     *
     * @param notesAlone whether notes may be a batch without a draft
     * @param most how long to wait, in nanoseconds
     * @return the next batch, with as much as one batch may hold; an empty one after that time; null if the queue is closed
     *     and empty
     */
    Batch take(boolean notesAlone, long most) {
        lock.lock();
        try {
            long end = most == Long.MAX_VALUE ? 0 : System.nanoTime() + most;
            while (drafts.isEmpty() && requests.isEmpty() && !closed) {
                long now = System.nanoTime();
                long left = most == Long.MAX_VALUE ? most : end - now;
                long wait = notesAlone && !hasNoNotes() ? notesDue - now : Long.MAX_VALUE;
                if (wait <= 0) {
                    break;
                }
                if (left <= 0) {
                    return NOTHING;
                }
                await(Math.min(left, wait));
            }
            if (drafts.isEmpty() && requests.isEmpty() && (hasNoNotes() || !notesAlone || overdue())) {
                return null;
            }
            List<Request> next = nextRequests();
            Notes notes = new Notes(marks.eldest(BATCH_MARKS), names.eldest(BATCH_NAMES));
            return new Batch(nextDrafts(), notes, next);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds the drafts that were queued since {@link #take} to the same batch.
     *
     * @param batch the drafts of that batch; as many are added as one batch may hold
     */
    void takeMore(List<Draft> batch) {
        lock.lock();
        try {
            moveTo(batch);
        } finally {
            lock.unlock();
        }
    }

    private List<Draft> nextDrafts() {
        List<Draft> next = new ArrayList<>(Math.min(drafts.size(), BATCH_DRAFTS));
        batchBytes = 0;
        moveTo(next);
        return next;
    }

    /** Notes of a user that is erased are dropped: written after the erasure, they would bring back the user's id. */
    private List<Request> nextRequests() {
        List<Request> next = Stream.generate(requests::remove)
                .limit(Math.min(requests.size(), BATCH_REQUESTS))
                .toList();
        next.stream().map(Request::erasedUser).filter(Objects::nonNull).forEach(user -> {
            marks.removeOf(user);
            names.removeOf(user);
        });
        return next;
    }

    private void moveTo(List<Draft> batch) {
        while (!drafts.isEmpty() && batch.size() < BATCH_DRAFTS) {
            long weight = drafts.nextBytes();
            if (batchBytes + weight > BATCH_BYTES && !batch.isEmpty()) {
                break;
            }
            batchBytes += weight;
            batch.add(drafts.remove());
        }
    }

    private void await(long nanos) {
        try {
            work.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // A container interrupts its threads at undeploy. Only close() ends the writer, so that nothing is lost.
        }
    }

    /** Waits one second. Returns false if it is too late to try again. */
    boolean pause() {
        lock.lock();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                await(left);
            }
        } finally {
            lock.unlock();
        }
        return !overdue();
    }

    /** Whether the log was closed so long ago that the drafts that still wait must be rejected. */
    boolean overdue() {
        lock.lock();
        try {
            return closed && System.nanoTime() - closedAt > CLOSING;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Accepts nothing more. Drafts and notes that wait can still be taken. */
    void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                open = false;
                closedAt = System.nanoTime();
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}

package dev.parley.room;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells an application's observers each new entry, once, and those of one room in their order, on a thread of its own.
 * Thread-safe.
 *
 * <p>Observers may be slow: at most {@value #CAPACITY} entries wait for them. Past that nothing is lost either; the
 * rooms that fell behind are read from the log when the observers are free again.
 */
public final class Feed implements Consumer<Entry>, AutoCloseable {
    private static final Logger LOG = System.getLogger(Feed.class.getName());
    private static final int CAPACITY = 10_000;

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
    /** For each room that fell behind, which entries were left out. Guarded by this. */
    private final Map<RoomName, Gap> behind = new HashMap<>();

    private final MessageLog log;
    private final Consumer<Entry> observers;
    private final Thread thread;
    private volatile boolean closed;

    private record Gap(long from, long to) {}

    /** @param observers may block, and may throw: that is logged, and the next entry follows */
    public Feed(MessageLog log, Consumer<Entry> observers, ThreadFactory threads) {
        this.log = log;
        this.observers = observers;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Never blocks. Called for each new entry of the log, in its order. */
    @Override
    public synchronized void accept(Entry entry) {
        Gap gap = behind.get(entry.room());
        if (gap != null) {
            behind.put(entry.room(), new Gap(gap.from(), entry.seq()));
        } else if (!queue.offer(entry)) {
            behind.put(entry.room(), new Gap(entry.seq(), entry.seq()));
        }
    }

    /** Stops telling. What was not told yet is in the log. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                Entry entry = queue.poll(100, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    tell(entry);
                } else {
                    catchUp();
                }
            } catch (InterruptedException e) {
                // Either this feed was closed, or an observer's own affair reached this thread.
                LOG.log(Level.DEBUG, "interrupted");
            }
        }
    }

    private void catchUp() throws InterruptedException {
        Map<RoomName, Gap> gaps;
        synchronized (this) {
            gaps = Map.copyOf(behind);
        }
        for (RoomName room : gaps.keySet()) {
            try {
                fill(room);
            } catch (ExecutionException e) {
                LOG.log(Level.DEBUG, "Room " + room + " can't be read for its observers now", e.getCause());
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** Tells what was left out, and no more: what comes after the gap is queued again as soon as the gap is gone. */
    private void fill(RoomName room) throws InterruptedException, ExecutionException {
        for (Gap gap = rest(room, 0); gap != null; ) {
            long told = gap.from() - 1;
            Span next = new Span.After(told, ClientMessage.MAX_LIMIT);
            for (Entry entry : log.read(room, next).toCompletableFuture().get().entries()) {
                if (entry.seq() <= gap.to()) {
                    tell(entry);
                    told = entry.seq();
                }
            }
            gap = rest(room, told);
        }
    }

    private synchronized Gap rest(RoomName room, long told) {
        return behind.compute(room, (name, gap) -> {
            if (gap == null || told >= gap.to()) {
                return null;
            }
            return told < gap.from() ? gap : new Gap(told + 1, gap.to());
        });
    }

    private void tell(Entry entry) {
        try {
            observers.accept(entry);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "An observer of " + entry.room() + " " + entry.seq() + " failed", e);
        }
    }
}

package dev.parley.outbox;

import dev.parley.loop.Loop;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The write queue of one connection. Thread-safe; its loop sends, one frame at a time.
 *
 * <p>Only one send is in flight, text or binary, because Open Liberty 26 and Tomcat 11 lose or reject a second one and
 * Undertow mixes them up. Texts that are queued meanwhile leave as one frame.
 *
 * <p>A pong is sent before all waiting frames, but after the frame in flight. Only the newest pong is sent (RFC 6455
 * section 5.5.3), so a peer's pings can't fill the queue.
 *
 * <p>The waiting bytes are bounded (see {@link Backlog}). Offered entries are rejected first: they are in the log, and
 * the room reads them from there when there is space again. When the bound for replies, presence and pages is passed,
 * the peer is too slow. It is too slow also if entries are rejected and the peer receives nothing at all for a while;
 * {@code ConnectionCheck} detects that.
 */
public final class Outbox {
    private final FrameWriter frames;
    private final Loop loop;
    private final Troubles troubles;
    /** How many calls have asked for a flush since the last one began; the first of them schedules it. */
    private final AtomicInteger asked = new AtomicInteger();

    private final Runnable flush = this::flush;
    private final SendHandler sent = this::sent;
    private volatile long lastSend = System.nanoTime();

    // Guarded by this.
    private final Backlog backlog;
    private final InFlight inFlight;
    private final Backpressure backpressure;
    private ByteBuffer ping;
    private ByteBuffer pong;
    private Runnable afterLast;
    private boolean closed;

    /** Notified of failures. Called on any thread, never under a lock. */
    public interface Troubles {
        /** More bytes wait than allowed. All waiting frames were dropped. */
        void tooSlow();

        /** A send failed. */
        void broken(Throwable cause);
    }

    /**
     * @param bound the bound of the waiting bytes
     * @param budget counts the waiting bytes of the whole process
     */
    public Outbox(FrameWriter frames, Loop loop, int bound, MemoryBudget budget, Troubles troubles) {
        this.frames = frames;
        this.loop = loop;
        this.backlog = new Backlog(bound, budget);
        this.inFlight = new InFlight(budget);
        this.backpressure = new Backpressure(bound);
        this.troubles = troubles;
    }

    public void add(OutgoingFrame frame) {
        boolean overflow;
        synchronized (this) {
            if (closed || afterLast != null) {
                return;
            }
            overflow = !backlog.add(frame);
            if (overflow) {
                backlog.clear();
            }
        }
        if (overflow) {
            troubles.tooSlow();
        } else if (asked.getAndIncrement() == 0) {
            // Replies are flushed before broadcasts, because the peer waits for them.
            loop.flushSoon(flush);
        }
    }

    /** Like {@link #add}, but returns false and queues nothing if half of the bound would be passed. */
    public boolean offer(OutgoingFrame frame) {
        synchronized (this) {
            if (closed || afterLast != null) {
                return true;
            }
            if (!backlog.offer(frame)) {
                backpressure.refuse();
                return false;
            }
        }
        schedule();
        return true;
    }

    /** Queues a frame that may be dropped; a later hint with the same key replaces it. @return false if it was dropped */
    public boolean hint(Object key, OutgoingFrame frame) {
        synchronized (this) {
            boolean isLate = closed || afterLast != null;
            if (isLate || !backlog.hint(key, frame)) {
                return isLate;
            }
        }
        schedule();
        return true;
    }

    /** Sends a ping before all waiting frames; an older ping that was not sent yet is dropped. */
    public void ping(ByteBuffer payload) {
        synchronized (this) {
            ping = payload;
        }
        schedule();
    }

    /** Answers a ping before all waiting frames; an older answer that was not sent yet is dropped. */
    public void pong(ByteBuffer payload) {
        synchronized (this) {
            pong = payload;
        }
        schedule();
    }

    /** Whether more bytes are unsent than the bound. */
    public synchronized boolean isOverBound() {
        return backpressure.isOver(unsent());
    }

    /**
     * Runs {@code then} on any thread when at most a quarter of the bound is unsent. Only one task may wait.
     *
     * @return false, and {@code then} is never run, if the outbox is not over its bound
     */
    public synchronized boolean resumeReading(Runnable then) {
        if (closed || !isOverBound()) {
            return false;
        }
        backpressure.holdReading(then);
        return true;
    }

    /** Whether reading from the peer is paused, because the peer receives too slowly. */
    public synchronized boolean holdsBackReading() {
        return backpressure.holdsReading();
    }

    /**
     * Runs {@code then} when at most a quarter of the bound is unsent: at once, later on any thread, or never if the
     * connection ends. Only one task may wait.
     */
    public void whenReady(Runnable then) {
        synchronized (this) {
            if (closed) {
                return;
            }
            backpressure.holdPage(then);
        }
        goOn();
    }

    /**
     * Sends the waiting frames and {@code farewell}, then runs {@code after} on the loop. Frames that are added later
     * are dropped.
     */
    public void finish(OutgoingFrame farewell, Runnable after) {
        synchronized (this) {
            if (closed || afterLast != null) {
                return;
            }
            backlog.add(farewell);
            afterLast = after;
        }
        schedule();
    }

    /** The connection has ended: nothing is sent any more. */
    public synchronized void discard() {
        closed = true;
        backlog.clear();
        inFlight.end();
        backpressure.drop();
    }

    /** Drops the waiting frames, but not the frame in flight. */
    public synchronized void clear() {
        backlog.clear();
    }

    /** The bytes that wait or are in flight. */
    public synchronized long unsent() {
        return backlog.bytes() + inFlight.bytes();
    }

    /** The time at which the last send of messages began, as {@link System#nanoTime}. */
    public long lastSend() {
        return lastSend;
    }

    /** How long the current send has been in flight, in nanoseconds; 0 if none is. */
    public synchronized long stuckFor(long now) {
        return inFlight.stuckFor(now);
    }

    /** Whether entries were rejected and there is no space for them yet. */
    public synchronized boolean isFull() {
        return backpressure.hasRefused();
    }

    private void schedule() {
        if (asked.getAndIncrement() == 0) {
            loop.flushLater(flush);
        }
    }

    private void flush() {
        int heard;
        do {
            heard = asked.get();
            for (Send send; (send = next()) != null; ) {
                try {
                    send.begin();
                } catch (IOException | RuntimeException | Error e) {
                    // Containers may throw instead of reporting the failure, mostly an IllegalStateException.
                    failed(e);
                }
            }
            goOn();
        } while (asked.addAndGet(-heard) > 0);
    }

    private interface Send {
        void begin() throws IOException;
    }

    private synchronized Send next() {
        if (closed || inFlight.isActive()) {
            return null;
        }
        if (ping != null) {
            ByteBuffer payload = ping;
            ping = null;
            if (frames.reportsPings()) {
                inFlight.begin(List.of(), payload.remaining());
            }
            return () -> frames.ping(payload, sent);
        }
        if (pong != null) {
            ByteBuffer payload = pong;
            pong = null;
            inFlight.begin(List.of(), payload.remaining());
            return () -> frames.pong(payload, sent);
        }
        OutgoingFrame binary = backlog.nextBinary();
        if (binary != null) {
            lastSend = inFlight.begin(List.of(binary), binary.size);
            return () -> frames.binary(binary, sent);
        }
        long before = backlog.bytes();
        List<OutgoingFrame> run = backlog.nextTexts();
        if (!run.isEmpty()) {
            lastSend = inFlight.begin(run, before - backlog.bytes());
            return () -> frames.texts(run, sent);
        }
        if (afterLast != null) {
            closed = true;
            return afterLast::run;
        }
        return null;
    }

    private void sent(SendResult result) {
        if (!result.isOK()) {
            failed(result.getException());
            return;
        }
        boolean hasMore;
        synchronized (this) {
            inFlight.end();
            hasMore =
                    ping != null || pong != null || !backlog.isEmpty() || afterLast != null || backpressure.isActive();
        }
        // Mostly nothing waits. To wake the loop for nothing took a tenth of a delivery in WildFly 39, whose I/O
        // threads call this.
        if (hasMore) {
            schedule();
        }
    }

    private void failed(Throwable cause) {
        discard();
        troubles.broken(cause);
    }

    private void goOn() {
        List<Runnable> waiting;
        synchronized (this) {
            if (!backpressure.isLow(unsent())) {
                return;
            }
            waiting = backpressure.release();
        }
        waiting.forEach(Runnable::run);
    }
}

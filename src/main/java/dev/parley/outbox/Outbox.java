package dev.parley.outbox;

import dev.parley.loop.Loop;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits to be sent on one connection. Thread-safe; sends happen on a loop, one at a time.
 *
 * <p>One send in flight, text or binary: Open Liberty 26 and Tomcat 11 lose or refuse a second one, Undertow mixes them
 * up. What gathers meanwhile leaves as one frame.
 *
 * <p>A pong that is owed goes before what waits, but after what is in flight, and only the newest one (RFC 6455 section
 * 5.5.3): nothing is queued for each ping.
 *
 * <p>What waits is bounded (see {@link Backlog}). Offered entries are refused first: the log has them, and the room reads
 * them from there when there is room again. Past what answers, presence and pages may take, or when entries are refused
 * and the peer takes nothing at all, the peer is too slow.
 */
public final class Outbox {
    private final FrameWriter frames;
    private final Loop loop;
    private final Troubles troubles;
    /** How many have asked for a flush since the last one began; whoever is the first sees to it. */
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

    /** What can go wrong. Called on any thread, never under a lock. */
    public interface Troubles {
        /** More waits than may wait. What waited was thrown away. */
        void tooSlow();

        /** The container could not send. */
        void broken(Throwable cause);
    }

    /**
     * @param bound how many bytes may wait
     * @param budget where all bytes of the process that wait are counted
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
            // Who waits for an answer goes on when it comes; what is offered, others have said.
            loop.flushSoon(flush);
        }
    }

    /** Like {@link #add}, but false, and nothing is queued, where half of what may wait would. */
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

    /** Queues what may be left out; a later hint with the same key takes its place. */
    public void hint(Object key, OutgoingFrame frame) {
        synchronized (this) {
            if (closed || afterLast != null || !backlog.hint(key, frame)) {
                return;
            }
        }
        schedule();
    }

    /** Sends a ping before anything else that waits; an older one that wasn't sent yet is dropped. */
    public void ping(ByteBuffer payload) {
        synchronized (this) {
            ping = payload;
        }
        schedule();
    }

    /** Answers a ping, before anything else that waits; an older answer that wasn't sent yet is dropped. */
    public void pong(ByteBuffer payload) {
        synchronized (this) {
            pong = payload;
        }
        schedule();
    }

    /** Whether more is unsent than may wait. */
    public synchronized boolean isOverBound() {
        return backpressure.isOver(unsent());
    }

    /**
     * Runs {@code then} on any thread when at most a quarter of what may be unsent is. One at a time.
     *
     * @return false, and {@code then} is never run, where not more is unsent than may wait
     */
    public synchronized boolean resumeReading(Runnable then) {
        if (closed || !isOverBound()) {
            return false;
        }
        backpressure.holdReading(then);
        return true;
    }

    /** Whether nothing is read from the peer, because it takes too little. */
    public synchronized boolean holdsBackReading() {
        return backpressure.holdsReading();
    }

    /** Runs {@code then} when at most a quarter of what may be unsent is: at once, later on any thread, or never. One at a time. */
    public void whenReady(Runnable then) {
        synchronized (this) {
            if (closed) {
                return;
            }
            backpressure.holdPage(then);
        }
        goOn();
    }

    /** Sends what waits and {@code farewell}, then runs {@code after} on the loop; what is added later is dropped. */
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

    /** The connection is gone: nothing is sent any more. */
    public synchronized void discard() {
        closed = true;
        backlog.clear();
        inFlight.end();
        backpressure.drop();
    }

    /** Drops what waits; what is in flight stays. */
    public synchronized void clear() {
        backlog.clear();
    }

    /** How many bytes wait or are in flight. */
    public synchronized long unsent() {
        return backlog.bytes() + inFlight.bytes();
    }

    /** When the last send of messages began, as {@link System#nanoTime}. */
    public long lastSend() {
        return lastSend;
    }

    /** For how long the peer has not taken what was sent last, in nanoseconds; 0 where it has. */
    public synchronized long stuckFor(long now) {
        return inFlight.stuckFor(now);
    }

    /** Whether entries were refused, and there is no room for them yet. */
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
                    // Containers throw at once (IllegalStateException, mostly) where they could have told the handler.
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
        if (closed || inFlight.isUnderWay()) {
            return null;
        }
        if (ping != null) {
            ByteBuffer payload = ping;
            ping = null;
            if (frames.tellsOfPings()) {
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
        synchronized (this) {
            inFlight.end();
        }
        schedule();
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

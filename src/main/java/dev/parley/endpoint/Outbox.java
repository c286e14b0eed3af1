package dev.parley.endpoint;

import dev.parley.room.Loop;
import dev.parley.wire.EncodedText;
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
 * <p>What waits is bounded (see {@link Backlog}). Offered entries are refused first: the log has them, and the room reads
 * them from there when there is room again. Past what answers, presence and pages may take, or when entries are refused
 * and the peer takes nothing at all, the peer is too slow.
 */
final class Outbox {
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

    private Runnable reader;
    private boolean full;
    private boolean inFlight;
    private ByteBuffer ping;
    private Runnable afterLast;
    private boolean closed;

    /** What can go wrong. Called on any thread, never under a lock. */
    interface Troubles {
        /** More waits than may wait. What waited was thrown away. */
        void tooSlow();

        /** The container could not send. */
        void broken(Throwable cause);
    }

    /** @param bound how many bytes may wait */
    Outbox(FrameWriter frames, Loop loop, int bound, Troubles troubles) {
        this.frames = frames;
        this.loop = loop;
        this.backlog = new Backlog(bound);
        this.troubles = troubles;
    }

    void add(EncodedText text) {
        add(text, text.bytes());
    }

    void add(ByteBuffer binary) {
        add(binary, binary.remaining());
    }

    private void add(Object frame, int size) {
        boolean overflow;
        synchronized (this) {
            if (closed || afterLast != null) {
                return;
            }
            overflow = !backlog.add(frame, size);
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

    /** Like {@link #add(EncodedText)}, but false, and nothing is queued, where half of what may wait would. */
    boolean offer(EncodedText text) {
        return offer(text, text.bytes());
    }

    /** Like {@link #offer(EncodedText)}. */
    boolean offer(ByteBuffer binary) {
        return offer(binary, binary.remaining());
    }

    private boolean offer(Object frame, int size) {
        synchronized (this) {
            if (closed || afterLast != null) {
                return true;
            }
            if (!backlog.offer(frame, size)) {
                full = true;
                return false;
            }
        }
        schedule();
        return true;
    }

    /** Queues what may be left out; a later hint with the same key takes its place. */
    void hint(Object key, EncodedText text) {
        synchronized (this) {
            if (closed || afterLast != null || !backlog.hint(key, text)) {
                return;
            }
        }
        schedule();
    }

    /** Sends a ping before anything else that waits; an older one that wasn't sent yet is dropped. */
    void ping(ByteBuffer payload) {
        synchronized (this) {
            ping = payload;
        }
        schedule();
    }

    /** Runs {@code then} when at most a quarter of what may wait does: at once, or on the loop. Or never. One at a time. */
    void whenReady(Runnable then) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (!backlog.isLow()) {
                reader = then;
                return;
            }
            full = false;
        }
        then.run();
    }

    /** Sends what waits and {@code farewell}, then runs {@code after} on the loop; what is added later is dropped. */
    void finish(EncodedText farewell, Runnable after) {
        synchronized (this) {
            if (closed || afterLast != null) {
                return;
            }
            backlog.add(farewell, farewell.bytes());
            afterLast = after;
        }
        schedule();
    }

    /** The connection is gone: nothing is sent any more. */
    synchronized void discard() {
        closed = true;
        backlog.clear();
        reader = null;
    }

    /** When the last send began, as {@link System#nanoTime}. */
    long lastSend() {
        return lastSend;
    }

    /** Whether the peer has not yet taken what was sent last. */
    synchronized boolean isStuck() {
        return inFlight;
    }

    /** Whether the peer has not yet taken what was sent last, and entries were refused meanwhile. */
    synchronized boolean isStuckAndFull() {
        return inFlight && full;
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
            continueReading();
        } while (asked.addAndGet(-heard) > 0);
    }

    private interface Send {
        void begin() throws IOException;
    }

    private synchronized Send next() {
        if (closed || inFlight) {
            return null;
        }
        if (ping != null) {
            ByteBuffer payload = ping;
            ping = null;
            return () -> frames.ping(payload);
        }
        ByteBuffer binary = backlog.nextBinary();
        if (binary != null) {
            begun();
            return () -> frames.binary(binary, sent);
        }
        List<EncodedText> run = backlog.nextTexts();
        if (!run.isEmpty()) {
            begun();
            return () -> frames.texts(run, sent);
        }
        if (afterLast != null) {
            closed = true;
            return afterLast::run;
        }
        return null;
    }

    private void begun() {
        inFlight = true;
        lastSend = System.nanoTime();
    }

    private void sent(SendResult result) {
        if (!result.isOK()) {
            failed(result.getException());
            return;
        }
        synchronized (this) {
            inFlight = false;
        }
        schedule();
    }

    private void failed(Throwable cause) {
        discard();
        troubles.broken(cause);
    }

    private void continueReading() {
        Runnable then;
        synchronized (this) {
            if (!backlog.isLow()) {
                return;
            }
            full = false;
            then = reader;
            reader = null;
        }
        if (then != null) {
            then.run();
        }
    }
}

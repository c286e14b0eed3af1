package dev.parley.endpoint;

import dev.parley.room.Loop;
import dev.parley.wire.EncodedText;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What waits to be sent on one connection. Thread-safe; sends happen on the connection's loop, one at a time.
 *
 * <p>One send in flight, text or binary: Open Liberty 26 and Tomcat 11 lose or refuse a second one, Undertow mixes them
 * up. What gathers meanwhile leaves as one frame.
 *
 * <p>What waits is bounded in bytes. From half the bound on, hints are left out and entries refused: the log has them,
 * and the room reads them from there when there is room again. Answers, presence and pages asked for are taken up to
 * {@value #HARD} times the bound; past that, or when entries are refused and the peer takes nothing at all, it is too
 * slow. One frame may always wait, however large it is: else an attachment near the bound could never be sent.
 */
final class Outbox {
    /** Texts are joined up to this size, in bytes of UTF-8: many clients take no more than 1 MiB in a frame. */
    private static final int JOINED_BYTES = 64 * 1024;

    private static final int HARD = 4;

    private final RemoteEndpoint.Async remote;
    private final Loop loop;
    private final Joiner joiner;
    private final int bound;
    private final Troubles troubles;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final SendHandler sent = this::sent;
    private volatile Thread flushing;
    private volatile long lastSend = System.nanoTime();

    // Guarded by this.
    /** {@link EncodedText}s and {@link ByteBuffer}s. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private final Map<Object, EncodedText> hints = new LinkedHashMap<>();
    private Runnable reader;
    private long bytes;
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
    Outbox(RemoteEndpoint.Async remote, Loop loop, Joiner joiner, int bound, Troubles troubles) {
        this.remote = remote;
        this.loop = loop;
        this.joiner = joiner;
        this.bound = bound;
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
            overflow = bytes + size > (long) HARD * bound && !waiting.isEmpty();
            if (overflow) {
                waiting.clear();
                hints.clear();
                bytes = 0;
            } else {
                waiting.add(frame);
                bytes += size;
            }
        }
        if (overflow) {
            troubles.tooSlow();
        } else {
            schedule();
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
            if (bytes + size > bound / 2 && !waiting.isEmpty()) {
                full = true;
                return false;
            }
            waiting.add(frame);
            bytes += size;
        }
        schedule();
        return true;
    }

    /** Queues what may be left out; a later hint with the same key takes its place. */
    void hint(Object key, EncodedText text) {
        synchronized (this) {
            if (closed || afterLast != null || bytes + text.bytes() > bound / 2) {
                return;
            }
            EncodedText old = hints.remove(key);
            hints.put(key, text);
            bytes += text.bytes() - (old == null ? 0 : old.bytes());
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
            if (bytes > bound / 4) {
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
            if (farewell != null) {
                waiting.add(farewell);
                bytes += farewell.bytes();
            }
            afterLast = after;
        }
        schedule();
    }

    /** The connection is gone: nothing is sent any more. */
    synchronized void discard() {
        closed = true;
        waiting.clear();
        hints.clear();
        reader = null;
        bytes = 0;
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
        if (scheduled.compareAndSet(false, true)) {
            loop.flushLater(this::flush);
        }
    }

    private void flush() {
        scheduled.set(false);
        flushing = Thread.currentThread();
        try {
            for (Send send; (send = next()) != null; ) {
                try {
                    send.begin();
                } catch (IOException | RuntimeException | Error e) {
                    // Containers throw at once (IllegalStateException, mostly) where they could have told the handler.
                    failed(e);
                }
            }
        } finally {
            flushing = null;
        }
        continueReading();
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
            return () -> remote.sendPing(payload);
        }
        if (waiting.peek() instanceof ByteBuffer binary) {
            waiting.remove();
            bytes -= binary.remaining();
            begun();
            return () -> remote.sendBinary(binary, sent);
        }
        List<EncodedText> run = nextTexts();
        if (!run.isEmpty()) {
            begun();
            return () -> remote.sendText(joiner.join(run), sent);
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

    private List<EncodedText> nextTexts() {
        List<EncodedText> run = new ArrayList<>();
        int size = 0;
        while (waiting.peek() instanceof EncodedText text && (run.isEmpty() || size + text.bytes() <= JOINED_BYTES)) {
            run.add(text);
            size += text.bytes();
            waiting.remove();
        }
        if (waiting.isEmpty() && !hints.isEmpty()) {
            Collection<EncodedText> all = hints.values();
            all.forEach(hint -> bytes -= hint.bytes());
            run.addAll(all);
            hints.clear();
        }
        bytes -= size;
        return run;
    }

    private void sent(SendResult result) {
        if (!result.isOK()) {
            failed(result.getException());
            return;
        }
        synchronized (this) {
            inFlight = false;
        }
        if (flushing != Thread.currentThread()) {
            schedule();
        }
    }

    private void failed(Throwable cause) {
        discard();
        troubles.broken(cause);
    }

    private void continueReading() {
        Runnable then;
        synchronized (this) {
            if (bytes > bound / 4) {
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

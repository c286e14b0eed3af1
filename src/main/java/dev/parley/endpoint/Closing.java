package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.outbox.SocketWriter;
import dev.parley.wire.Framing;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How one WebSocket is closed. Thread-safe; {@link #send} and {@link #letGo} may take seconds (in Open Liberty), so that they
 * have a thread of their own.
 *
 * <p>Where Parley writes frames itself, it writes its close frame too, and TCP ends when the peer's answer has come (RFC 6455
 * section 7.1.1). Tyrus 2.2.2 ends TCP as soon as its close frame is written. What a peer sends after that is answered by an
 * RST, at which its kernel, or the server's, forgets what it has not read or sent yet, the close frame among it.
 *
 * <pre>
 *   NONE ──(this side's frame is sent)──▶ OURS ──(the answer comes)──▶ BOTH: TCP ends
 *     └──(the peer's frame comes)──▶ THEIRS: the container answers, and TCP ends
 * </pre>
 */
final class Closing {
    private static final Logger LOG = System.getLogger(Closing.class.getName());
    private static final long LET_GO_MILLIS = 1_000;

    private final long number;
    private final Session session;
    private final SocketWriter bytes;
    private final AtomicReference<CloseFrames> frames = new AtomicReference<>(CloseFrames.NONE);
    /** Null before either side has begun to close. */
    private volatile Grace grace;

    /** The answer is not waited for. */
    private volatile boolean hurried;

    private volatile CloseReason reason;
    /** A connection that ends without a close frame is lost. */
    private volatile boolean loss = true;

    /** Which close frames went by. */
    private enum CloseFrames {
        NONE,
        OURS,
        THEIRS,
        BOTH
    }

    /**
     * @param number the connection's, for the log
     * @param bytes writes past the container; null where that can't be done, and the container closes
     */
    Closing(long number, Session session, SocketWriter bytes) {
        this.number = number;
        this.session = session;
        this.bytes = bytes;
    }

    /** Either side has begun to close. */
    void begin() {
        grace = new Grace(System.nanoTime());
    }

    /** Why this side closes. */
    void because(CloseCode code, String why) {
        reason = CloseReasons.of(code, why);
        loss = CloseCode.comesBack(code.code());
    }

    /** The peer or the container closes. A browser says 1001 when its page is left. */
    void fromOutside(int code) {
        loss = CloseCode.comesBack(code) && code != CloseCode.GOING_AWAY.code();
    }

    /** Whether the peer did not mean to go: it is expected to come back. */
    boolean isLoss() {
        return loss;
    }

    /**
     * Whether the peer has taken too long to answer the close, after {@link #begin}. For the heartbeat.
     *
     * @param untaken says how many bytes the peer has not taken
     */
    boolean isOverdue(long now, LongSupplier untaken) {
        return grace.isOver(now, untaken);
    }

    /** The answer to the close frame is not waited for: what the connection holds is needed. */
    void hurry() {
        hurried = true;
    }

    /**
     * Sends the close frame, after {@link #because}.
     *
     * @param broken run where that is not possible, or where TCP is to end at once, on any thread
     */
    void send(Runnable broken) {
        try {
            if (bytes == null) {
                session.close(reason);
            } else if (frames.compareAndSet(CloseFrames.NONE, CloseFrames.OURS)) {
                bytes.write(
                        Framing.close(reason.getCloseCode().getCode(), reason.getReasonPhrase()),
                        written -> sent(written, broken));
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.DEBUG, () -> "connection " + number + " could not be closed", e);
            broken.run();
        }
    }

    private void sent(SendResult written, Runnable broken) {
        if (hurried || !written.isOK()) {
            broken.run();
        }
    }

    /**
     * The peer's close frame has come.
     *
     * @param answered run once, where it is the answer to this side's
     * @return whether the container is to answer it: this side has sent none
     */
    boolean peerCloses(Runnable answered) {
        if (frames.compareAndSet(CloseFrames.OURS, CloseFrames.BOTH)) {
            answered.run();
        }
        return frames.compareAndSet(CloseFrames.NONE, CloseFrames.THEIRS);
    }

    /** The connection is broken: a peer that reads on after all is to know why, and that it should come back. */
    void letGo() {
        try {
            session.setMaxIdleTimeout(LET_GO_MILLIS);
            session.close(
                    reason != null ? reason : CloseReasons.of(CloseCode.GOING_AWAY, "the line seemed to be dead"));
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.DEBUG, () -> "connection " + number + " was closed already", e);
        }
    }
}

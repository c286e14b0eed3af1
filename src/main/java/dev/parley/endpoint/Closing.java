package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.outbox.SocketWriter;
import dev.parley.transport.Grace;
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
 * The closing of one WebSocket. Thread-safe. {@link #send} and {@link #letGo} may block for seconds (in Open Liberty), so
 * they are not called on loops or container threads.
 *
 * <p>If Parley writes frames itself, it writes its close frame too, and TCP ends when the peer's answer has come (RFC 6455
 * section 7.1.1). Tyrus 2.2.2 would end TCP as soon as its close frame is written. Then the kernel answers later bytes of
 * the peer with an RST, which makes both kernels drop their unread and unsent bytes, the close frame among them.
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

    /** Whether TCP ends without the answer to the close frame. */
    private volatile boolean hurried;

    private volatile CloseReason reason;
    /** Whether the peer is expected to come back; it is if the connection ends without a close frame. */
    private volatile boolean loss = true;

    /** The close frames that were sent or received. */
    private enum CloseFrames {
        NONE,
        OURS,
        THEIRS,
        BOTH
    }

    /**
     * @param number the connection's, for the log
     * @param bytes writes past the container; null if that isn't possible, and the container closes
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

    /** Sets the reason for which this side closes. */
    void because(CloseCode code, String why) {
        reason = CloseReasons.of(code, why);
        loss = CloseCode.comesBack(code.code());
    }

    /** The peer or the container closes. A browser sends 1001 when the user leaves the page. */
    void fromOutside(int code) {
        loss = CloseCode.comesBack(code) && code != CloseCode.GOING_AWAY.code();
    }

    /** Whether the peer did not intend to leave, and is expected to come back. */
    boolean isLoss() {
        return loss;
    }

    /**
     * Whether the time for the answer to the close frame is over. Called after {@link #begin}, by the heartbeat.
     *
     * @param untaken gives the number of bytes that the peer has not received
     */
    boolean isOverdue(long now, LongSupplier untaken) {
        return grace.isOver(now, untaken);
    }

    /** TCP ends without the answer to the close frame, because the memory of the connection is needed. */
    void hurry() {
        hurried = true;
    }

    /**
     * Sends the close frame. Called after {@link #because}.
     *
     * @param broken run on any thread, if that is not possible, or if TCP must end at once
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
     * @param answered run once, if the frame answers one of this side
     * @return whether the container must answer it, because this side has sent none
     */
    boolean peerCloses(Runnable answered) {
        if (frames.compareAndSet(CloseFrames.OURS, CloseFrames.BOTH)) {
            answered.run();
        }
        return frames.compareAndSet(CloseFrames.NONE, CloseFrames.THEIRS);
    }

    /** Ends the container's session of a broken connection. A peer that still reads gets the reason. */
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

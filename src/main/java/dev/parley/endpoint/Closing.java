package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * How the container closes one WebSocket. Thread-safe; {@link #send} and {@link #letGo} may take seconds (in Open Liberty),
 * so that they have a thread of their own.
 */
final class Closing {
    private static final Logger LOG = System.getLogger(Closing.class.getName());
    private static final long LET_GO_MILLIS = 1_000;

    private final long number;
    private final Session session;
    /** Null before either side has begun to close. */
    private volatile Grace grace;

    private volatile CloseReason reason;
    /** A connection that ends without a close frame is lost. */
    private volatile boolean loss = true;

    /** @param number the connection's, for the log */
    Closing(long number, Session session) {
        this.number = number;
        this.session = session;
    }

    /** Either side has begun to close. @param unsent how many bytes wait to be sent before */
    void begin(long unsent) {
        grace = new Grace(System.nanoTime(), unsent);
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

    /** Whether the peer has taken too long to answer the close, after {@link #begin}. For the heartbeat. */
    boolean isOverdue(long now, long unsent) {
        return grace.isOver(now, unsent);
    }

    /** Sends the close frame. @return false where that is not possible, and the connection is broken */
    boolean send() {
        try {
            session.close(reason);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.DEBUG, () -> "connection " + number + " could not be closed", e);
            return false;
        }
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

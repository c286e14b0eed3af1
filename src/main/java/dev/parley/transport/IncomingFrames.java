package dev.parley.transport;

import dev.parley.message.CloseCode;
import dev.parley.message.Limits;
import dev.parley.outbox.Outbox;
import dev.parley.security.RateLimit;
import dev.parley.wire.BinaryFrame;
import java.nio.ByteBuffer;

/**
 * The rules of one connection for incoming frames: pings and pongs, the rate of control frames and small fragments, and
 * whether more may be read. No method blocks. Used by one thread at a time, which reads the connection; only
 * {@link #resumeReading} may be called by any thread.
 *
 * <p>Control frames, and fragments of less than {@value #SMALL} bytes, count against a rate: each costs the server about
 * as much as a message, and no other limit counts them. The rate is {@value #RATE} a second in the long run, and
 * {@value #BURST} at once. An honest client sends one in a heartbeat. Larger fragments are bounded by the size of their
 * message.
 */
public final class IncomingFrames {
    private static final int RATE = 100;
    private static final int BURST = 2_000;
    private static final int SMALL = 1 << 10;

    /** The most bytes that are read while the connection closes. The answer to its close frame comes behind them. */
    static final int MOST_UNWANTED = 8 << 20;

    private final ClosingHandshake closing;
    private final Outbox outbox;
    private final KeepAlive keepAlive;
    private final Limits limits;
    private final RateLimit rate = new RateLimit(RATE, BURST, System.nanoTime());
    /**
     * A limit was exceeded. Nothing more is read, and the connection ends when the peer has received the reason. In Open Liberty,
     * which can't stop reading, it ends when more than {@value #MOST_UNWANTED} bytes have come.
     */
    private boolean exceeded;

    private long unwanted;

    /** The end of a connection, as far as incoming frames cause it. Thread-safe; no method blocks. */
    public interface ClosingHandshake {
        /** Whether neither side has begun to close. */
        boolean isOpen();

        /** Closes the connection, if it is open. */
        void close(CloseCode code, String reason);

        /** The peer's close frame has come. @return whether the container must get it, and answer it */
        boolean peerCloses();

        /** Ends the TCP connection without a close frame, on another thread. @return false if the server can't do that */
        boolean cut(String why);
    }

    public IncomingFrames(ClosingHandshake closing, Outbox outbox, KeepAlive keepAlive, Limits limits) {
        this.closing = closing;
        this.outbox = outbox;
        this.keepAlive = keepAlive;
        this.limits = limits;
    }

    /** The most bytes that the frames of one message may have together. */
    int limit(boolean binary) {
        return binary ? limits.binary() + BinaryFrame.MAX_OVERHEAD : limits.text();
    }

    /** Counts bytes that have come. @return whether they are dropped, because the connection is closing */
    boolean areUnwanted(int bytes) {
        if (closing.isOpen()) {
            return false;
        }
        unwanted += bytes;
        exceeded |= unwanted > MOST_UNWANTED;
        return true;
    }

    /** A ping has come. The outbox sends the answer. @return false if the rate is exceeded */
    boolean ping(ByteBuffer payload) {
        if (!counts()) {
            return false;
        }
        keepAlive.pinged(payload);
        return true;
    }

    /** A ping has come, which the container answers. @return false if the rate is exceeded */
    boolean countPing() {
        return counts();
    }

    /** Whether a frame is in flight, so that the container would wait until the peer has received it before it answers a ping. */
    boolean isSending() {
        return outbox.stuckFor(System.nanoTime()) > 0;
    }

    /** Ends the connection, if more unwanted bytes have come than are read. @return whether it did */
    boolean cutsFlood() {
        boolean isFlood = unwanted > MOST_UNWANTED;
        if (isFlood) {
            closing.cut("more bytes have come than are read while the connection closes");
        }
        return isFlood;
    }

    /** A pong has come. @return false if the rate is exceeded */
    public boolean pong(ByteBuffer payload) {
        if (!counts()) {
            return false;
        }
        keepAlive.pong(payload);
        return true;
    }

    /** A close frame has come. @return whether the container must get it, and answer it */
    boolean close() {
        return closing.peerCloses();
    }

    /** A fragment of a message has come. @return false if the rate is exceeded */
    public boolean fragment(long bytes) {
        return bytes >= SMALL || counts();
    }

    /** A message is larger than its limit. */
    void tooLarge(boolean binary) {
        closing.close(
                CloseCode.TOO_LARGE,
                (binary ? "a binary" : "a text") + " frame of more than " + limit(binary) + " bytes");
    }

    private boolean counts() {
        if (rate.pass(System.nanoTime())) {
            return true;
        }
        exceeded = true;
        closing.close(CloseCode.ABUSE, "more than " + RATE + " control frames and fragments a second");
        return false;
    }

    /** Whether nothing may be read now: the unsent bytes exceed their bound, and answers would add to them. */
    public boolean mustWait() {
        return exceeded || outbox.isOverBound();
    }

    /**
     * Reading has stopped because of {@link #mustWait}.
     *
     * @param resume run once, on any thread, when the peer has received most of the unsent bytes; never, if the connection
     *     ends before. It must not block
     * @return false, and {@code resume} is not run, if reading may go on at once
     */
    public boolean resumeReading(Runnable resume) {
        return exceeded
                || outbox.resumeReading(() -> {
                    keepAlive.heard();
                    resume.run();
                });
    }
}

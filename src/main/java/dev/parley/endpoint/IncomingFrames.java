package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.message.Limits;
import dev.parley.outbox.Outbox;
import dev.parley.security.RateLimit;
import dev.parley.wire.BinaryFrame;
import java.nio.ByteBuffer;

/**
 * What one connection has to do with the frames that come in, beside its messages: pings and pongs, how many control frames
 * and small fragments there may be, and whether more is to be read at all. No method blocks. For one thread at a time,
 * which reads the connection; {@link #resumeReading} alone may be called by others.
 *
 * <p>Control frames and fragments with less than {@value #SMALL} bytes count against a rate, because they cost the server
 * about as much as a message, and no other limit counts them. {@value #RATE} a second in the long run, {@value #BURST} at
 * once; an honest client sends one in a heartbeat. Larger fragments are bounded by the size of their message.
 */
public final class IncomingFrames {
    private static final int RATE = 100;
    private static final int BURST = 2_000;
    private static final int SMALL = 1 << 10;

    /** How much is read, in bytes, of what comes while the connection is closing; the answer to its close is behind it. */
    private static final int MOST_UNWANTED = 8 << 20;

    private final Connection connection;
    private final Outbox outbox;
    private final KeepAlive keepAlive;
    private final Limits limits;
    private final RateLimit rate = new RateLimit(RATE, BURST, System.nanoTime());
    /** There was too much: nothing more is read, and the connection ends when its peer has been told why. */
    private boolean exceeded;

    private long unwanted;

    IncomingFrames(Connection connection, Outbox outbox, KeepAlive keepAlive, Limits limits) {
        this.connection = connection;
        this.outbox = outbox;
        this.keepAlive = keepAlive;
        this.limits = limits;
    }

    /** The most bytes that the frames of a message may have together. */
    int limit(boolean binary) {
        return binary ? limits.binary() + BinaryFrame.MAX_OVERHEAD : limits.text();
    }

    /** Whether nothing that comes now would be handled: the connection is closing. @param bytes how many have come */
    boolean areUnwanted(int bytes) {
        if (connection.isOpen()) {
            return false;
        }
        unwanted += bytes;
        exceeded |= unwanted > MOST_UNWANTED;
        return true;
    }

    /** A ping came, which is answered through the outbox. @return false where it was one too many */
    boolean ping(ByteBuffer payload) {
        if (!counts()) {
            return false;
        }
        keepAlive.pinged(payload);
        return true;
    }

    /** A pong came. @return false where it was one too many */
    boolean pong(ByteBuffer payload) {
        if (!counts()) {
            return false;
        }
        keepAlive.pong(payload);
        return true;
    }

    /** A close frame came. @return whether the container is to see it, and to answer it */
    boolean close() {
        return connection.peerCloses();
    }

    /** A part of a message came that is not all of it. @return false where it was one too many */
    boolean fragment(long bytes) {
        return bytes >= SMALL || counts();
    }

    /** A message is larger than it may be. @return true */
    boolean tooLarge(boolean binary) {
        connection.close(
                CloseCode.TOO_LARGE,
                (binary ? "a binary" : "a text") + " frame of more than " + limit(binary) + " bytes",
                null);
        return true;
    }

    private boolean counts() {
        if (rate.pass(System.nanoTime())) {
            return true;
        }
        exceeded = true;
        connection.close(CloseCode.ABUSE, "more than " + RATE + " control frames and fragments a second", null);
        return false;
    }

    /** Whether nothing is to be read now: more waits to be sent than may wait, and what comes would add to it. */
    public boolean mustWait() {
        return exceeded || outbox.isOverBound();
    }

    /**
     * Whoever reads the connection has stopped because of {@link #mustWait}.
     *
     * @param resume run once, on any thread, when the peer has taken most of what waited, or never, where the connection
     *     ends before; it must not block
     * @return false, and {@code resume} is not run, where it need not wait any more
     */
    public boolean resumeReading(Runnable resume) {
        return exceeded
                || outbox.resumeReading(() -> {
                    keepAlive.heard();
                    resume.run();
                });
    }
}

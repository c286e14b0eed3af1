package dev.parley.transport;

import java.nio.ByteBuffer;

/** The times at which a peer was last heard and last pinged, as {@link System#nanoTime}. Thread-safe. */
final class PingClock {
    private volatile long heard;
    private volatile long pinged;

    PingClock(long now) {
        heard = now;
        pinged = now;
    }

    /** Bytes have come, perhaps only a part of a message. */
    void heard(long now) {
        heard = now;
    }

    /**
     * A pong has come. It counts as heard only if it answers the last ping.
     *
     * @return the round trip in nanoseconds, or -1 if the pong does not answer the last ping
     */
    long pong(ByteBuffer payload, long now) {
        if (payload.remaining() == Long.BYTES && payload.getLong(payload.position()) == pinged) {
            heard = now;
            return now - pinged;
        }
        return -1;
    }

    /** The payload of a ping that is sent now. */
    ByteBuffer ping(long now) {
        pinged = now;
        return ByteBuffer.allocate(Long.BYTES).putLong(now).flip();
    }

    long sinceHeard(long now) {
        return now - heard;
    }

    long sincePing(long now) {
        return now - pinged;
    }
}

package dev.parley.endpoint;

import java.nio.ByteBuffer;

/** When a peer was last heard and last pinged, as {@link System#nanoTime}. Thread-safe. */
final class PingClock {
    private volatile long heard;
    private volatile long pinged;

    PingClock(long now) {
        heard = now;
        pinged = now;
    }

    /** Something came, even if only a part of a message. */
    void heard(long now) {
        heard = now;
    }

    /** A pong came. @return the round trip in nanoseconds, or -1, and nothing was heard, when it is not the last ping's */
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

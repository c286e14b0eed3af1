package dev.parley.transport;

import dev.parley.message.ServerMessage.Wire;
import dev.parley.message.ServerMessage.Wire.Frame;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The pings and pongs of a connection. A peer that watches its connection is sent a report of each. Thread-safe. */
public final class KeepAlive {
    private final PingClock clock = new PingClock(System.nanoTime());
    private final Outbox outbox;
    private volatile boolean watched;

    public KeepAlive(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Bytes of the peer have come, perhaps only a part of a message. */
    public void heard() {
        clock.heard(System.nanoTime());
    }

    /** The time since the peer was last heard, in nanoseconds. @param now as {@link System#nanoTime} */
    public long sinceHeard(long now) {
        return clock.sinceHeard(now);
    }

    /** The time since the last ping, in nanoseconds. @param now as {@link System#nanoTime} */
    public long sincePing(long now) {
        return clock.sincePing(now);
    }

    /** Starts or stops the reports to the peer. */
    public void watch(boolean on) {
        boolean begins = on && !watched;
        watched = on;
        if (begins) {
            // Otherwise the first report would come one heartbeat later.
            ping(System.nanoTime());
        }
    }

    /** Sends a ping. @param now as {@link System#nanoTime} */
    public void ping(long now) {
        outbox.ping(clock.ping(now));
        report(Frame.PING, null);
    }

    /** A ping has come; it is answered. */
    void pinged(ByteBuffer payload) {
        heardUnasked();
        outbox.pong(payload);
    }

    /** A pong has come. One that answers no ping is not reported, because a peer can send any number of them. */
    void pong(ByteBuffer payload) {
        long nanos = clock.pong(payload, System.nanoTime());
        if (nanos >= 0) {
            report(Frame.PONG, TimeUnit.NANOSECONDS.toMicros(nanos));
        } else {
            heardUnasked();
        }
    }

    /** Frames that cost the peer nothing keep the connection alive only while the peer receives what is sent. */
    private void heardUnasked() {
        long now = System.nanoTime();
        if (outbox.stuckFor(now) == 0) {
            clock.heard(now);
        }
    }

    private void report(Frame frame, Long micros) {
        if (watched) {
            outbox.hint(frame, OutgoingFrame.of(new Wire(frame, Instant.now(), micros)));
        }
    }
}

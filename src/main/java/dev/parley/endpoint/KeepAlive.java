package dev.parley.endpoint;

import dev.parley.message.ServerMessage.Wire;
import dev.parley.message.ServerMessage.Wire.Frame;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Sends the pings of a connection, takes their pongs, and shows both to a peer that watches. Thread-safe. */
final class KeepAlive {
    private final PingClock pingClock;
    private final Outbox outbox;
    private volatile boolean watched;

    KeepAlive(PingClock pingClock, Outbox outbox) {
        this.pingClock = pingClock;
        this.outbox = outbox;
    }

    /** Any sign of life, even a part of a message. */
    void heard() {
        pingClock.heard(System.nanoTime());
    }

    /** Tells the peer of each from now on, or no more. */
    void watch(boolean on) {
        boolean begins = on && !watched;
        watched = on;
        if (begins) {
            // Not first in a heartbeat's time.
            send(System.nanoTime());
        }
    }

    void send(long now) {
        outbox.ping(pingClock.ping(now));
        tell(Frame.PING, null);
    }

    /** The peer asks for a sign of life. Asking is one of its own only while it takes what it is sent. */
    void pinged(ByteBuffer payload) {
        heardUnasked();
        outbox.pong(payload);
    }

    /** Of a pong that answers nothing there is nothing to tell; a peer can send as many as it likes. */
    void pong(ByteBuffer payload) {
        long nanos = pingClock.pong(payload, System.nanoTime());
        if (nanos >= 0) {
            tell(Frame.PONG, TimeUnit.NANOSECONDS.toMicros(nanos));
        } else {
            heardUnasked();
        }
    }

    /** A peer that reads nothing must not stay by sending what costs it nothing. */
    private void heardUnasked() {
        long now = System.nanoTime();
        if (outbox.stuckFor(now) == 0) {
            pingClock.heard(now);
        }
    }

    private void tell(Frame frame, Long micros) {
        if (watched) {
            outbox.hint(frame, OutgoingFrame.of(new Wire(frame, Instant.now(), micros)));
        }
    }
}

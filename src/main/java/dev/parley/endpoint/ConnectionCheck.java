package dev.parley.endpoint;

import dev.parley.admission.ConnectionLimit;
import dev.parley.message.CloseCode;
import dev.parley.message.ServerMessage;
import dev.parley.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * What the passing of time asks for on one open connection: a ping, a beat, or its end. For one thread, which runs it many
 * times in a heartbeat.
 */
final class ConnectionCheck {
    /** How long a peer may take nothing while more waits for it than may wait. */
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private final Connection connection;
    private final ConnectionLimit.Permit permit;
    private final PingClock pingClock;
    private final KeepAlive keepAlive;
    private final Outbox outbox;
    private final HeldMemory memory;
    private final long opened = System.nanoTime();
    /** When the peer's credentials end, in milliseconds since 1970. */
    private volatile long validUntil = Long.MAX_VALUE;

    ConnectionCheck(
            Connection connection,
            ConnectionLimit.Permit permit,
            PingClock pingClock,
            KeepAlive keepAlive,
            Outbox outbox,
            HeldMemory memory) {
        this.connection = connection;
        this.permit = permit;
        this.pingClock = pingClock;
        this.keepAlive = keepAlive;
        this.outbox = outbox;
        this.memory = memory;
    }

    /** @param until when the peer's credentials end, or null where they do not */
    void validUntil(Instant until) {
        validUntil = until == null ? Long.MAX_VALUE : until.toEpochMilli();
    }

    /** The connection is gone. Called once. */
    void end() {
        permit.free();
    }

    /** @param interval that of the heartbeat, in nanoseconds */
    void run(long now, long interval) {
        if (connection.user() == null && now - opened > interval / 2 && permit.isCrowded()) {
            // Not before: a person at a terminal takes time before the first line.
            long retryAfter = TimeUnit.SECONDS.toMillis(ConnectionLimit.retryAfterSeconds());
            String why = "many wait for a place, and nothing was said here; come back later";
            connection.close(CloseCode.TRY_LATER, why, retryAfter);
            return;
        }
        if (System.currentTimeMillis() >= validUntil) {
            connection.close(CloseCode.UNAUTHENTICATED, "the token has expired", null);
            return;
        }
        // Where nothing is read from the peer, it is what it takes that counts.
        if (pingClock.sinceHeard(now) > 2 * interval && !outbox.holdsBackReading()) {
            connection.close(CloseCode.SILENT, "no sign of life for two heartbeats", null);
            return;
        }
        if (memory.assembled().heldFor(now) > 2 * interval) {
            connection.close(CloseCode.TOO_SLOW, "a message was not complete within two heartbeats", null);
            return;
        }
        long stuck = outbox.stuckFor(now);
        if (stuck > 2 * interval || outbox.isFull() && stuck > PATIENCE) {
            connection.close(CloseCode.TOO_SLOW, "what was sent was not read, and more waited than may wait", null);
            return;
        }
        if (pingClock.sincePing(now) >= interval) {
            keepAlive.send(now);
        }
        if (now - outbox.lastSend() >= interval) {
            // A browser's script can't see pings.
            connection.tell(new ServerMessage.Beat());
        }
        connection.conversation().look();
    }
}

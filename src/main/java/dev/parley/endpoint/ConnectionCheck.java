package dev.parley.endpoint;

import dev.parley.admission.ConnectionLimit;
import dev.parley.message.CloseCode;
import dev.parley.message.ServerMessage;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import dev.parley.transport.KeepAlive;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The time limits of one open connection, its pings and its beats. Used by one thread, which runs it many times in a
 * heartbeat; only {@link #validUntil} may be called by any thread.
 */
final class ConnectionCheck {
    /** The time for which a peer may receive nothing while the bound of its outbox is reached. */
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private final ConnectionLimit.Permit permit;
    private final KeepAlive keepAlive;
    private final Outbox outbox;
    private final HeldMemory memory;
    private final long opened = System.nanoTime();
    /** The end of the peer's credentials, in milliseconds since 1970. */
    private volatile long validUntil = Long.MAX_VALUE;

    /** The reason why a connection must be closed. @param retryAfter in milliseconds, or null */
    record Overdue(CloseCode code, String reason, Long retryAfter) {
        private Overdue(CloseCode code, String reason) {
            this(code, reason, null);
        }
    }

    ConnectionCheck(ConnectionLimit.Permit permit, KeepAlive keepAlive, Outbox outbox, HeldMemory memory) {
        this.permit = permit;
        this.keepAlive = keepAlive;
        this.outbox = outbox;
        this.memory = memory;
    }

    /** @param until the end of the peer's credentials, or null if they have none */
    void validUntil(Instant until) {
        validUntil = until == null ? Long.MAX_VALUE : until.toEpochMilli();
    }

    /**
     * Sends a ping and a beat if they are due.
     *
     * @param now as {@link System#nanoTime}
     * @param interval of the heartbeat, in nanoseconds
     * @param isIdentified whether the peer's user is known
     * @return why the connection must be closed, and nothing is sent; null if it stays open
     */
    Overdue run(long now, long interval, boolean isIdentified) {
        if (!isIdentified && now - opened > interval / 2 && permit.isCrowded()) {
            // Not earlier: a person at a terminal needs time for the first line.
            long retryAfter = TimeUnit.SECONDS.toMillis(ConnectionLimit.retryAfterSeconds());
            String why = "many wait for a place, and nothing was said here; come back later";
            return new Overdue(CloseCode.TRY_LATER, why, retryAfter);
        }
        if (System.currentTimeMillis() >= validUntil) {
            return new Overdue(CloseCode.UNAUTHENTICATED, "the token has expired");
        }
        // If reading from the peer is paused, the limit for receiving applies instead.
        if (keepAlive.sinceHeard(now) > 2 * interval && !outbox.holdsBackReading()) {
            return new Overdue(CloseCode.SILENT, "no sign of life for two heartbeats");
        }
        if (memory.assembled().heldFor(now) > 2 * interval) {
            return new Overdue(CloseCode.TOO_SLOW, "a message was not complete within two heartbeats");
        }
        long stuck = outbox.stuckFor(now);
        if (stuck > 2 * interval || outbox.isFull() && stuck > PATIENCE) {
            return new Overdue(CloseCode.TOO_SLOW, "what was sent was not read, and more waited than may wait");
        }
        if (keepAlive.sincePing(now) >= interval) {
            keepAlive.ping(now);
        }
        if (now - outbox.lastSend() >= interval) {
            // The script of a page can't see pings.
            outbox.add(OutgoingFrame.of(new ServerMessage.Beat()));
        }
        return null;
    }
}

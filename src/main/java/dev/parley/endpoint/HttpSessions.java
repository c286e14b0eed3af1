package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.transport.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The connections of each HTTP session. Messages of a connection renew its HTTP session. If a sign-out ends that session,
 * the connection is closed with 4401; a timeout does not close it. Thread-safe.
 *
 * <p>It holds one small object for each HTTP session of the container that a handshake belonged to. The standalone server
 * has no HTTP sessions and no servlet API, so no type of that API is used here (see {@link HttpSessionMark}).
 */
final class HttpSessions {
    private final Executor executor;
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /**
     * The open connections of one HTTP session.
     *
     * @param renewal renews the session, and returns for how long that is enough
     * @param renewAt when the next renewal is due, as {@link System#nanoTime()}
     */
    private record Opened(Supplier<Duration> renewal, AtomicLong renewAt, Set<Connection> connections) {}

    /** @param executor runs renewals, which may block */
    HttpSessions(Executor executor) {
        this.executor = executor;
    }

    /**
     * A handshake has come. The container has renewed its HTTP session.
     *
     * @param httpSession the name of that session
     * @param renewal renews the session, and returns for how long that is enough; may block
     */
    void handshake(String httpSession, Supplier<Duration> renewal) {
        opened.computeIfAbsent(
                httpSession,
                name -> new Opened(renewal, new AtomicLong(System.nanoTime()), ConcurrentHashMap.newKeySet()));
    }

    private static boolean hasOne(Connection connection) {
        return !connection.transport.httpSession().equals(Transport.NO_HTTP_SESSION);
    }

    private Opened of(Connection connection) {
        return hasOne(connection) ? opened.get(connection.transport.httpSession()) : null;
    }

    /** A connection has opened. If a sign-out came between its handshake and now, it is closed. */
    void joined(Connection connection) {
        Opened of = of(connection);
        if (of != null) {
            of.connections().add(connection);
        }
        boolean isOver = of == null || of(connection) != of;
        if (hasOne(connection) && isOver) {
            signOut(connection);
        }
    }

    /** A message has come. Beats don't count. */
    void talks(Connection connection) {
        Opened of = of(connection);
        if (of == null) {
            return;
        }
        long due = of.renewAt().get();
        // Until this renewal has run, no other one is started.
        if (System.nanoTime() - due >= 0 && of.renewAt().compareAndSet(due, due + Long.MAX_VALUE / 2)) {
            executor.execute(() ->
                    of.renewAt().set(System.nanoTime() + of.renewal().get().toNanos()));
        }
    }

    /** A connection has ended. */
    void left(Connection connection) {
        Opened of = of(connection);
        if (of != null) {
            of.connections().remove(connection);
        }
    }

    /** An HTTP session has timed out: its connections stay. */
    void timedOut(String httpSession) {
        opened.remove(httpSession);
    }

    /** An HTTP session was ended by a sign-out: its connections are closed. */
    void signedOut(String httpSession) {
        Opened of = opened.remove(httpSession);
        if (of != null) {
            of.connections().forEach(HttpSessions::signOut);
        }
    }

    private static void signOut(Connection connection) {
        connection.close(CloseCode.UNAUTHENTICATED, "the HTTP session of this connection was ended");
    }
}

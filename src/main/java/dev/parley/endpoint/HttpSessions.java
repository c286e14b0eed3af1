package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Knows which connections were opened in which HTTP session. Messages of a connection renew its HTTP session; the end of
 * that session by a sign-out closes the connection with 4401, a timeout does not. Thread-safe.
 *
 * <p>Holds one small object for each HTTP session that the container keeps and that a handshake belonged to. Standalone
 * there are no HTTP sessions, and no servlet API either, so nothing of it is named here (see {@link HttpSessionMark}).
 */
final class HttpSessions {
    /** What names the HTTP session of a handshake that has none. */
    static final String NONE = "";

    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /**
     * The open connections of one HTTP session.
     *
     * @param renewal renews it, and says how long nobody needs to do so again
     * @param renewAt when it is due, of {@link System#nanoTime()}
     */
    private record Opened(Supplier<Duration> renewal, AtomicLong renewAt, Set<Connection> connections) {}

    /**
     * A handshake has come, which renews its HTTP session by itself.
     *
     * @param httpSession what names that session
     * @param renewal renews it, and says how long nobody needs to do so again; may wait
     */
    void handshake(String httpSession, Supplier<Duration> renewal) {
        opened.computeIfAbsent(
                httpSession,
                name -> new Opened(renewal, new AtomicLong(System.nanoTime()), ConcurrentHashMap.newKeySet()));
    }

    private Opened of(Connection connection) {
        String httpSession = connection.transport.httpSession();
        return httpSession.isEmpty() ? null : opened.get(httpSession);
    }

    /** A connection has opened. */
    void joined(Connection connection) {
        Opened of = of(connection);
        if (of != null) {
            of.connections().add(connection);
        }
    }

    /**
     * A message has come that is not a mere beat.
     *
     * @param executor runs the renewal
     */
    void talks(Connection connection, Executor executor) {
        Opened of = of(connection);
        if (of == null) {
            return;
        }
        long due = of.renewAt().get();
        // Until the renewal has run, nobody else asks for one.
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

    /** An HTTP session was ended by a sign-out. */
    void signedOut(String httpSession) {
        Opened of = opened.remove(httpSession);
        if (of != null) {
            of.connections()
                    .forEach(connection -> connection.close(
                            CloseCode.UNAUTHENTICATED, "the HTTP session of this connection was ended", null));
        }
    }
}

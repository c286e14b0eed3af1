package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which connections were opened in which HTTP session: a sign-out closes them with 4401, a timeout of the HTTP
 * session closes none. Thread-safe.
 *
 * <p>Holds one small object for each HTTP session that the container keeps and that a handshake belonged to. Standalone
 * there are no HTTP sessions, and no servlet API either, so nothing of it is named here (see {@link HttpSessionMark}).
 */
final class HttpSessions {
    /** What names the HTTP session of a handshake that has none. */
    static final String NONE = "";

    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /** What is done when a connection has opened, and the open connections of one HTTP session. */
    private record Opened(Runnable afterOpening, Set<Connection> connections) {}

    /**
     * A handshake has come.
     *
     * @param httpSession what names the HTTP session that it belongs to
     * @param afterOpening runs after each connection of this HTTP session has opened, on the container's thread
     */
    void handshake(String httpSession, Runnable afterOpening) {
        opened.computeIfAbsent(httpSession, name -> new Opened(afterOpening, ConcurrentHashMap.newKeySet()));
    }

    /** A connection has opened. */
    void joined(Connection connection) {
        Opened of = opened.get(connection.httpSession());
        if (of != null) {
            of.connections().add(connection);
            of.afterOpening().run();
        }
    }

    /** A connection has ended. */
    void left(Connection connection) {
        Opened of = opened.get(connection.httpSession());
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

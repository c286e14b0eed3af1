package dev.parley.endpoint;

import dev.parley.transport.Transport;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serial;
import java.io.Serializable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * An attribute of each HTTP session that a handshake belonged to. The container notifies it of the end of that session.
 * Immutable.
 *
 * <p>A user who talks over a WebSocket makes no HTTP requests, so the HTTP session seems to be idle. WildFly 39 (Undertow
 * 2.3, {@code JsrWebSocketFilter}) closes the connections of an HTTP session with 1008 when it ends, also by a timeout.
 * Therefore messages renew the HTTP session there. Other containers keep the connections after a timeout.
 *
 * @param name of the HTTP session; it stays the same when the session gets another id at a login
 */
record HttpSessionMark(String name) implements HttpSessionBindingListener, Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = System.getLogger(HttpSessionMark.class.getName());
    private static final String ATTRIBUTE = HttpSessionMark.class.getName();
    private static final Duration SELDOM = Duration.ofHours(1);

    /**
     * From now on marked HTTP sessions of this application notify {@code httpSessions} of their end. Called once, before the
     * first handshake.
     */
    static void notifyOfEnds(ServletContext application, HttpSessions httpSessions) {
        application.setAttribute(ATTRIBUTE, httpSessions);
    }

    /**
     * Marks the HTTP session of a handshake, if it has one.
     *
     * @param httpSessions notified of the handshake
     * @return the name of the session, or {@link Transport#NO_HTTP_SESSION}
     */
    static String mark(HttpServletRequest handshake, HttpSessions httpSessions) {
        HttpSession session = handshake.getSession(false);
        if (session == null) {
            return Transport.NO_HTTP_SESSION;
        }
        try {
            String name = mark(session).name();
            httpSessions.handshake(name, () -> renew(session));
            return name;
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The HTTP session ended during the handshake", e);
            return Transport.NO_HTTP_SESSION;
        }
    }

    private static HttpSessionMark mark(HttpSession session) {
        if (session.getAttribute(ATTRIBUTE) instanceof HttpSessionMark mark) {
            return mark;
        }
        // Two simultaneous handshakes make equal marks.
        byte[] bytes = (session.getCreationTime() + " " + session.getId()).getBytes(StandardCharsets.UTF_8);
        HttpSessionMark mark = new HttpSessionMark(UUID.nameUUIDFromBytes(bytes).toString());
        session.setAttribute(ATTRIBUTE, mark);
        return mark;
    }

    /** In Undertow 2.3 this restarts the timeout. Servlet 6.0 has no method for that outside a request. */
    private static Duration renew(HttpSession session) {
        try {
            int seconds = session.getMaxInactiveInterval();
            session.setMaxInactiveInterval(seconds);
            return seconds > 0 ? Duration.ofSeconds(seconds).dividedBy(4) : SELDOM;
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The HTTP session has ended", e);
            return SELDOM;
        }
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        HttpSession session = event.getSession();
        if (isReplaced(session)
                || !(session.getServletContext().getAttribute(ATTRIBUTE) instanceof HttpSessions ends)) {
            return;
        }
        if (isTimedOut(session)) {
            ends.timedOut(name);
        } else {
            ends.signedOut(name);
        }
    }

    private boolean isReplaced(HttpSession session) {
        try {
            return equals(session.getAttribute(ATTRIBUTE));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * Whether a timeout ended the HTTP session, and not a sign-out. A sign-out is a request, and
     * a session that has timed out gets no more requests.
     *
     * <p>If messages have renewed the HTTP session since its last request, a sign-out looks like a timeout. That happens only
     * on WildFly 39, where Undertow closes the connections itself.
     */
    private static boolean isTimedOut(HttpSession session) {
        try {
            long idle = System.currentTimeMillis() - session.getLastAccessedTime();
            int most = session.getMaxInactiveInterval();
            return most > 0 && idle >= TimeUnit.SECONDS.toMillis(most);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}

package dev.parley.transport;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the TCP connection below a session of a servlet container. Jakarta WebSocket has no way to end TCP, and applications can't
 * see the classes of these servers, so their methods are called by reflection. Stateless.
 */
final class ContainerConnections {
    private static final Logger LOG = System.getLogger(ContainerConnections.class.getName());
    private static final AtomicBoolean INACCESSIBLE = new AtomicBoolean();
    /** Where the classes of Open Liberty's sessions are, in all of its versions. */
    private static final String LIBERTY = "com.ibm.ws.wsoc.";

    /** By the class of the session. TomEE has Tomcat's. */
    private static final Map<String, Access> ACCESSIBLE = Map.of(
            "io.undertow.websockets.jsr.UndertowSession", UndertowConnection::new,
            "org.apache.tomcat.websocket.WsSession", TomcatConnection::new,
            "com.ibm.ws.wsoc.external.v11.SessionExtV11", LibertyConnection::new,
            "org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession", JettyConnection::new,
            "org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession", JettyConnection::new);

    /** Makes the connection of a session of one server. */
    @FunctionalInterface
    private interface Access {
        TcpConnection to(Session session) throws ReflectiveOperationException;
    }

    private ContainerConnections() {}

    /** The connection of this session; null if its server is not known, or is another version that gives no access. */
    static TcpConnection of(Session session) {
        String name = session.getClass().getName();
        Access access = ACCESSIBLE.get(name);
        if (access == null && !name.startsWith(LIBERTY)) {
            return null;
        }
        try {
            if (access == null) {
                throw new ClassNotFoundException("Parley knows no access to " + name);
            }
            return access.to(session);
        } catch (ReflectiveOperationException | RuntimeException e) {
            areInaccessible(e, name.startsWith(LIBERTY) ? ", and the limits for incoming frames do not hold" : "");
            return null;
        }
    }

    /** Warns, if this is the first connection that is not accessible. */
    static void areInaccessible(Exception cause) {
        areInaccessible(cause, "");
    }

    private static void areInaccessible(Exception cause, String more) {
        if (INACCESSIBLE.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "The TCP connections of this server are not accessible: peers that read nothing may stay" + more,
                    cause);
        }
    }
}

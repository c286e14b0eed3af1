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
        Access access = ACCESSIBLE.get(session.getClass().getName());
        if (access == null) {
            return null;
        }
        try {
            return access.to(session);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (INACCESSIBLE.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "The TCP connections of this server are not accessible: peers that read nothing may stay",
                        e);
            }
            return null;
        }
    }
}

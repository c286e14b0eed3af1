package dev.parley.transport;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;

/**
 * The TCP connection below a WebSocket in Jetty 12: its core session, which can be aborted on any thread. Jetty's own limits of time
 * count from the last bytes of either side, so that a peer that reads nothing and sends pings would stay. Thread-safe.
 */
final class JettyConnection implements TcpConnection {
    private static final Logger LOG = System.getLogger(JettyConnection.class.getName());

    /** Its {@code abort} ends the TCP connection without a close frame. */
    private final Object core;

    private final SocketAddresses addresses;

    JettyConnection(Session session) throws ReflectiveOperationException {
        core = PublicMethod.call(session, "getCoreSession");
        addresses = SocketAddresses.of((SocketAddress) PublicMethod.call(core, "getLocalAddress"), (SocketAddress)
                PublicMethod.call(core, "getRemoteAddress"));
    }

    @Override
    public void cut() {
        try {
            PublicMethod.call(core, "abort");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A connection could not be ended", e);
        }
    }

    @Override
    public SocketAddresses addresses() {
        return addresses;
    }

    @Override
    public boolean isOpen() {
        try {
            Object connection = PublicMethod.call(core, "getConnection");
            Object endPoint = PublicMethod.call(connection, "getEndPoint");
            return (Boolean) PublicMethod.call(endPoint, "isOpen");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "The state of a connection is not known", e);
            return true;
        }
    }
}

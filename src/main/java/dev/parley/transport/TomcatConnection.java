package dev.parley.transport;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;

/**
 * The TCP connection below a WebSocket in Tomcat 10 and 11. Tomcat gives the peer 30 s for the answer to a close frame, and the
 * methods of its session all write that frame first. The remote endpoint that it uses at the end of these 30 s can be
 * closed on any thread, at once. It is in a private field. Thread-safe.
 */
final class TomcatConnection implements TcpConnection {
    /** How long Tomcat waits, in milliseconds, until what is being sent is sent and a close frame of another code than 1000 too. */
    private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

    /** Tomcat's own 50 ms are over before that on a busy machine, and the peer would not get the reason of the close. */
    private static final long CLOSE_TIMEOUT_MILLIS = 1_000;

    private static final Logger LOG = System.getLogger(TomcatConnection.class.getName());

    /** Its {@code close} ends the TCP connection without a close frame. */
    private final Object remote;

    private final Method close;
    private final Object socket;
    private final Method isClosed;
    private final SocketAddresses addresses;

    TomcatConnection(Session session) throws ReflectiveOperationException {
        session.getUserProperties().put(CLOSE_TIMEOUT, CLOSE_TIMEOUT_MILLIS);
        remote = field(session, "wsRemoteEndpoint");
        close = remote.getClass().getMethod("close");
        socket = field(remote, "socketWrapper");
        isClosed = socket.getClass().getMethod("isClosed");
        addresses =
                SocketAddresses.of(address("getLocalAddr", "getLocalPort"), address("getRemoteAddr", "getRemotePort"));
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    /** The host is a literal address, so that it is not looked up. */
    private InetSocketAddress address(String host, String port) throws ReflectiveOperationException {
        return new InetSocketAddress(
                (String) PublicMethod.call(socket, host), (Integer) PublicMethod.call(socket, port));
    }

    @Override
    public void cut() {
        try {
            close.invoke(remote);
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
            return !(Boolean) isClosed.invoke(socket);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "The state of a connection is not known", e);
            return true;
        }
    }

    /** Not known. Tomcat gets one frame at a time, which the outbox counts while the WebSocket is open. */
    @Override
    public long unsent() {
        return 0;
    }
}

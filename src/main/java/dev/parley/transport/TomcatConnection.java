package dev.parley.transport;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The TCP connection below a WebSocket in Tomcat 11 (and TomEE 9). The methods of Tomcat's session all write a close frame first, and
 * wait for the frame in flight; so the connection itself is ended. It is in a private field. Thread-safe.
 */
final class TomcatConnection implements TcpConnection {
    /**
     * How long a worker waits until a pong, or a close frame with the code 1000, has been sent, in milliseconds. With Tomcat's own 20 s, a
     * few hundred peers that read nothing could hold all workers.
     */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final long SEND_TIMEOUT_MILLIS = 5_000;

    /** How long Tomcat may wait for the frame in flight and for its own close frame with another code than 1000, in milliseconds. */
    private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

    /** Tomcat's own 50 ms are over before that on a busy machine, and the peer would not get the reason of the close. */
    private static final long CLOSE_TIMEOUT_MILLIS = 1_000;

    /** In which a peer must answer a close frame, in milliseconds. Tomcat looks every 10 s. */
    private static final String ANSWER_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    /** Longer than {@link Grace}, which looks at what the peer still takes. */
    private static final long ANSWER_TIMEOUT_MILLIS = 60_000;

    private static final Logger LOG = System.getLogger(TomcatConnection.class.getName());

    private final Map<String, Object> properties;
    /** Its {@code close} ends the TCP connection without a close frame. */
    private final Object remote;

    private final Method close;
    private final Object socket;
    private final Method isClosed;
    private final Method process;
    private final Object disconnect;
    private final SocketAddresses addresses;
    private final AtomicBoolean asked = new AtomicBoolean();

    TomcatConnection(Session session) throws ReflectiveOperationException {
        properties = session.getUserProperties();
        properties.put(SEND_TIMEOUT, SEND_TIMEOUT_MILLIS);
        properties.put(CLOSE_TIMEOUT, CLOSE_TIMEOUT_MILLIS);
        properties.put(ANSWER_TIMEOUT, ANSWER_TIMEOUT_MILLIS);
        remote = field(session, "wsRemoteEndpoint");
        close = remote.getClass().getMethod("close");
        socket = field(remote, "socketWrapper");
        isClosed = socket.getClass().getMethod("isClosed");
        Class<?> event = Class.forName(
                "org.apache.tomcat.util.net.SocketEvent",
                false,
                socket.getClass().getClassLoader());
        process = socket.getClass().getMethod("processSocket", event, boolean.class);
        disconnect = event.getField("DISCONNECT").get(null);
        InetSocketAddress local = address("getLocalAddr", "getLocalPort");
        InetSocketAddress peer = address("getRemoteAddr", "getRemotePort");
        addresses = local == null || peer == null ? null : SocketAddresses.of(local, peer);
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    /** Null if the connection has ended. The host is a literal address, so that it is not looked up. */
    private InetSocketAddress address(String host, String port) throws ReflectiveOperationException {
        String literal = (String) PublicMethod.call(socket, host);
        return literal == null ? null : new InetSocketAddress(literal, (Integer) PublicMethod.call(socket, port));
    }

    /**
     * A worker of Tomcat ends it, behind what it is reading from it. Where it is open at the second call, because no worker comes to
     * it, it ends at once. Tomcat takes the buffers of a connection that has ended for the next one; whoever still read would
     * read from that.
     */
    @Override
    public void cut() {
        try {
            // What is in flight never ends, so that a close frame would wait for it in vain.
            properties.put(CLOSE_TIMEOUT, 1L);
            if (!asked.compareAndSet(false, true) || !(Boolean) process.invoke(socket, disconnect, true)) {
                close.invoke(remote);
            }
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
}

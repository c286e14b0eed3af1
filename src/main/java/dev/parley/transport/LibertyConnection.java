package dev.parley.transport;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Socket;

/**
 * The TCP connection below a WebSocket in Open Liberty. Liberty 26 writes its close frame without a limit of time, so that the
 * connection of a peer that reads nothing stays; if the frame has left, it waits 30 s for the answer. The link of TCP can be closed
 * at once. Liberty also reads frames of any length, so that the {@link FrameGate} is put in front of it. Applications can't see
 * Liberty's classes, so its fields and methods are used by reflection. Thread-safe.
 */
final class LibertyConnection implements TcpConnection {
    private static final Logger LOG = System.getLogger(LibertyConnection.class.getName());

    /** The link of TCP in Liberty's channel framework, below the one of TLS. Only this one is closed without waiting. */
    private final Object link;

    private final Object virtualConnection;
    private final Method close;
    private final Socket socket;
    private final SocketAddresses addresses;
    private final FrameGate gate = new FrameGate(FrameGate.Container.LIBERTY);

    /** Called once for each session, while it is opened: Liberty reads nothing before that. */
    LibertyConnection(Session session) throws ReflectiveOperationException {
        Object webSocket = get(field(session.getClass().getSuperclass(), "impl").get(session), "connLink");
        Object below = get(webSocket, "deviceConnLink");
        virtualConnection = get(webSocket, "vConnection");
        ClassLoader liberty = webSocket.getClass().getClassLoader();
        Class<?> links = Class.forName("com.ibm.wsspi.channelfw.ConnectionLink", false, liberty);
        link = last(below, links.getMethod("getDeviceLink"));
        close = links.getMethod(
                "close", Class.forName("com.ibm.wsspi.channelfw.VirtualConnection", false, liberty), Exception.class);
        Field input = field(webSocket.getClass(), "tcpReadContext");
        Object ungated = input.get(webSocket);
        socket = (Socket) Class.forName("com.ibm.wsspi.tcpchannel.TCPRequestContext", false, liberty)
                .getMethod("getSocket")
                .invoke(ungated);
        addresses = SocketAddresses.of(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
        LibertyChannels.hold(below, liberty);
        input.set(webSocket, LibertyInput.of(webSocket, ungated, gate, liberty));
    }

    /** The link of TLS sends a close_notify first, which takes up to 30 s if the peer reads nothing. */
    private static Object last(Object link, Method next) throws ReflectiveOperationException {
        Object last = link;
        for (Object below; (below = next.invoke(last)) != null; ) {
            last = below;
        }
        return last;
    }

    private static Object get(Object from, String name) throws ReflectiveOperationException {
        return field(from.getClass(), name).get(from);
    }

    private static Field field(Class<?> of, String name) throws ReflectiveOperationException {
        Field field = of.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** The gate that all incoming frames pass from now on. */
    FrameGate gate() {
        return gate;
    }

    @Override
    public void cut() {
        try {
            close.invoke(link, virtualConnection, null);
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
        return !socket.isClosed();
    }
}

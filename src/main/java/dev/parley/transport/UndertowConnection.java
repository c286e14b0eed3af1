package dev.parley.transport;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The TCP connection below a WebSocket in WildFly. Undertow 2.3 has no time limit for the answer to its close frame, so that the
 * connection of a peer that reads nothing stays. Its own channel can be closed at once: on its I/O thread, which may be reading into
 * the buffer that the close frees (AbstractFramedChannel of Undertow 2.3.23). Applications can't see Undertow's
 * classes, so its public methods are called by reflection. Thread-safe.
 */
final class UndertowConnection implements TcpConnection {
    private static final Logger LOG = System.getLogger(UndertowConnection.class.getName());
    private static final AtomicBoolean INACCESSIBLE = new AtomicBoolean();
    private static final String SESSION = "io.undertow.websockets.jsr.UndertowSession";

    /** Its {@code close} ends the TCP connection without a close frame. */
    private final Channel channel;

    private final Executor ioThread;
    private final SocketAddresses addresses;

    private UndertowConnection(Channel channel) throws ReflectiveOperationException {
        this.channel = channel;
        ioThread = (Executor) get("getIoThread");
        addresses = SocketAddresses.of((SocketAddress) get("getLocalAddress"), (SocketAddress) get("getPeerAddress"));
    }

    private Object get(String property) throws ReflectiveOperationException {
        return channel.getClass().getMethod(property).invoke(channel);
    }

    /** The connection of this session; null if the session is not Undertow's. */
    static TcpConnection of(Session session) {
        if (!session.getClass().getName().equals(SESSION)) {
            return null;
        }
        try {
            return new UndertowConnection((Channel)
                    session.getClass().getMethod("getWebSocketChannel").invoke(session));
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (INACCESSIBLE.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "Undertow's connections are not accessible: peers that read nothing may stay",
                        e);
            }
            return null;
        }
    }

    @Override
    public void cut() {
        try {
            ioThread.execute(this::close);
        } catch (RuntimeException e) {
            // The thread ends, with the server.
            close();
        }
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A connection could not be ended", e);
        }
    }

    @Override
    public SocketAddresses addresses() {
        return addresses;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Not known. Undertow gets one frame at a time, which the outbox counts while the WebSocket is open. */
    @Override
    public long unsent() {
        return 0;
    }
}

package dev.parley.transport;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.Channel;

/**
 * The TCP connection below a WebSocket in WildFly. Undertow 2.3 has no time limit for the answer to its close frame, so that the
 * connection of a peer that reads nothing stays. Its own channel can be closed at once. Applications can't see Undertow's
 * classes, so its public methods are called by reflection. Thread-safe.
 */
final class UndertowConnection implements TcpConnection {
    private static final Logger LOG = System.getLogger(UndertowConnection.class.getName());
    private static final String SESSION = "io.undertow.websockets.jsr.UndertowSession";

    /** Its {@code close} ends the TCP connection without a close frame. */
    private final Channel channel;

    private final SocketAddresses addresses;

    private UndertowConnection(Channel channel) throws ReflectiveOperationException {
        this.channel = channel;
        addresses = SocketAddresses.of(address("getLocalAddress"), address("getPeerAddress"));
    }

    private SocketAddress address(String getter) throws ReflectiveOperationException {
        return (SocketAddress) channel.getClass().getMethod(getter).invoke(channel);
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
            LOG.log(Level.DEBUG, "Undertow's connection is not accessible: a peer that reads nothing may stay", e);
            return null;
        }
    }

    @Override
    public void cut() {
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

    /** Only one frame at a time is given to Undertow, and the outbox counts it. */
    @Override
    public long unsent() {
        return 0;
    }
}

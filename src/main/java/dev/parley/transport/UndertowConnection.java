package dev.parley.transport;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.concurrent.Executor;

/**
 * The TCP connection below a WebSocket in WildFly. Undertow 2.3 has no time limit for the answer to its close frame, so that the
 * connection of a peer that reads nothing stays. Its own channel can be closed at once: on its I/O thread, which may be reading into
 * the buffer that the close frees (AbstractFramedChannel of Undertow 2.3.23). Thread-safe.
 */
final class UndertowConnection implements TcpConnection {
    private static final Logger LOG = System.getLogger(UndertowConnection.class.getName());

    /** Its {@code close} ends the TCP connection without a close frame. */
    private final Channel channel;

    private final Executor ioThread;
    private final SocketAddresses addresses;

    UndertowConnection(Session session) throws ReflectiveOperationException {
        channel = (Channel) PublicMethod.call(session, "getWebSocketChannel");
        ioThread = (Executor) PublicMethod.call(channel, "getIoThread");
        addresses = SocketAddresses.of((SocketAddress) PublicMethod.call(channel, "getLocalAddress"), (SocketAddress)
                PublicMethod.call(channel, "getPeerAddress"));
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
}

package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A TCP connection of a client: bytes are sent as they are, and nothing is read unless it is asked for. Any threads may
 * send; one thread reads.
 */
final class TcpConnection implements AutoCloseable {
    private static final int SMALL_BUFFER = 4096;

    private final SocketChannel channel;
    private final Socket socket;
    private final OutputStream out;
    private long flooded;

    private TcpConnection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    static TcpConnection to(URI server) throws IOException {
        return open(server, false, null);
    }

    /** A connection whose kernel takes in as little as it can while nothing is read. */
    static TcpConnection unread(URI server) throws IOException {
        return open(server, true, null);
    }

    static TcpConnection secured(URI server, SSLContext tls) throws IOException {
        return open(server, false, tls);
    }

    private static TcpConnection open(URI server, boolean small, SSLContext tls) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            if (small) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Socket plain = channel.socket();
            int patience = (int) RawClient.PATIENCE.toMillis();
            plain.connect(new InetSocketAddress(server.getHost(), server.getPort()), patience);
            Socket socket = tls == null
                    ? plain
                    : tls.getSocketFactory().createSocket(plain, server.getHost(), server.getPort(), true);
            socket.setSoTimeout(patience);
            return new TcpConnection(channel, socket);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What comes. Reading ends with an exception after {@link RawClient#PATIENCE}. */
    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** From now on reading waits for ever. */
    void waitForEver() {
        try {
            socket.setSoTimeout(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** @throws UncheckedIOException when the server has closed the connection */
    void send(byte[] bytes) {
        try {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends these bytes again and again. Not while anything is read.
     *
     * @param most how many in all
     * @param patience how long the server may take nothing
     */
    FloodEnd flood(byte[] bytes, long most, Duration patience) {
        try {
            channel.configureBlocking(false);
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_WRITE);
                return flood(bytes, most, patience, selector);
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException closed) {
            return FloodEnd.CLOSED;
        }
    }

    private FloodEnd flood(byte[] bytes, long most, Duration patience, Selector selector) throws IOException {
        ByteBuffer next = ByteBuffer.wrap(bytes);
        for (long left = most; left > 0; ) {
            if (!next.hasRemaining()) {
                next.clear();
            }
            next.limit((int) Math.min(next.capacity(), next.position() + left));
            int count = channel.write(next);
            left -= count;
            flooded += count;
            if (count == 0 && selector.select(patience.toMillis()) == 0) {
                return FloodEnd.STALLED;
            }
            selector.selectedKeys().clear();
        }
        return FloodEnd.SENT;
    }

    /** How many bytes of floods the kernel has taken. */
    long flooded() {
        return flooded;
    }

    /** Sends nothing more, which the other side sees as the end of the stream; what it sends can still be read. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection by an RST, as a machine does that lost its state. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection by a FIN. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

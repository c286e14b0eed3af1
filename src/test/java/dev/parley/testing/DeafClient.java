package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A WebSocket client that sends and never reads, and whose kernel takes in as little as it can. No method waits longer than
 * it is told to. For one thread.
 */
public final class DeafClient implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 4096;

    private final SocketChannel channel;
    private final Selector selector;
    private long sent;

    /** How sending ended. */
    public enum End {
        /** All was sent. */
        SENT,
        /** The server ended the TCP connection. */
        CLOSED,
        /** The server took nothing for as long as that was waited for. */
        STALLED
    }

    /**
     * Opens a WebSocket.
     *
     * @throws UncheckedIOException when there is no connection, or no answer within {@link RawClient#PATIENCE}
     * @throws AssertionError when the server does not agree
     */
    public DeafClient(URI server) {
        try {
            channel = SocketChannel.open();
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            channel.write(ByteBuffer.wrap(HttpRequest.upgrade(server).bytes()));
            channel.socket().setSoTimeout((int) RawClient.PATIENCE.toMillis());
            HttpAnswer answer = HttpAnswer.read(channel.socket().getInputStream());
            if (answer.status() != 101) {
                throw new AssertionError("no WebSocket: " + answer);
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** Sends a frame. @param patience how long the server may take nothing */
    public End send(Frame frame, Duration patience) {
        byte[] bytes = frame.masked();
        return flood(bytes, bytes.length, patience);
    }

    /**
     * Sends these bytes again and again.
     *
     * @param most how many in all
     * @param patience how long the server may take nothing
     */
    public End flood(byte[] bytes, long most, Duration patience) {
        ByteBuffer next = ByteBuffer.wrap(bytes);
        try {
            for (long left = most; left > 0; ) {
                if (!next.hasRemaining()) {
                    next.rewind();
                }
                next.limit((int) Math.min(next.capacity(), next.position() + left));
                int count = channel.write(next);
                left -= count;
                sent += count;
                if (count == 0 && !awaitSpace(patience)) {
                    return End.STALLED;
                }
            }
            return End.SENT;
        } catch (IOException closed) {
            return End.CLOSED;
        }
    }

    private boolean awaitSpace(Duration patience) throws IOException {
        boolean isThere = selector.select(patience.toMillis()) > 0;
        selector.selectedKeys().clear();
        return isThere;
    }

    /** How many bytes the kernel has taken since the handshake. */
    public long sent() {
        return sent;
    }

    /** Ends the TCP connection without a close frame. */
    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.parley.cli.load;

import dev.parley.wire.Subprotocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One WebSocket connection of a load, as cheap as possible: it reads into a buffer that all links share, and writes
 * messages. For one thread.
 */
final class Link {
    /** Receives what happens on a link. */
    interface Frames {
        /** The handshake has succeeded. */
        void open(Link link) throws IOException;

        /** A whole text or binary message, in one frame. The bytes are valid during the call only. */
        void message(Link link, byte[] bytes, int from, int to) throws IOException;

        /**
         * The server has closed the connection. Nothing more is read from it.
         *
         * @param code the code of its close frame, or {@link #NO_CLOSE_FRAME}
         */
        void closed(Link link, int code) throws IOException;
    }

    /** The code of a connection that ended without a close frame (RFC 6455 section 7.1.5). */
    static final int NO_CLOSE_FRAME = 1006;

    /** The code of a close frame that has none (RFC 6455 section 7.1.5). */
    private static final int NO_CODE = 1005;

    private static final int MOST_UNSENT = 1 << 20;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final byte[] NOTHING = {};

    final int number;
    private final URI uri;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Frames frames;
    private ByteBuffer unsent = ByteBuffer.allocate(512);
    /** The beginning of a frame that is not complete yet: its first {@link #begunLength} bytes. */
    private byte[] begun = NOTHING;

    private int begunLength;
    private boolean upgraded;
    private boolean closed;

    /**
     * Begins to connect.
     *
     * @param number identifies the link for its {@code frames}
     * @param channel is not connected yet
     */
    Link(int number, URI uri, SocketChannel channel, Selector selector, Frames frames) throws IOException {
        this.number = number;
        this.uri = uri;
        this.frames = frames;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = channel.connect(new InetSocketAddress(uri.getHost(), port(uri)));
        key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        if (connected) {
            shakeHands();
        }
    }

    static int port(URI uri) {
        return uri.getPort() < 0 ? 80 : uri.getPort();
    }

    /**
     * Connects, reads and writes as far as the selector reports.
     *
     * @param shared the buffer for reading; its length is the most that is read at once
     */
    void ready(byte[] shared) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            shakeHands();
        }
        if (key.isValid() && key.isWritable()) {
            flush();
        }
        if (key.isValid() && key.isReadable()) {
            read(shared);
        }
    }

    private void shakeHands() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        put(("GET " + path + " HTTP/1.1\r\nHost: " + uri.getHost() + ":" + port(uri)
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
                        + String.join(", ", Subprotocol.ALL) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        flush();
    }

    /** Reads what has come, at most as much as the buffer holds. */
    void read(byte[] shared) throws IOException {
        int count = channel.read(ByteBuffer.wrap(shared));
        if (count < 0) {
            close(NO_CLOSE_FRAME);
        } else if (begunLength == 0) {
            keep(shared, take(shared, count), count);
        } else {
            if (begun.length < begunLength + count) {
                begun = Arrays.copyOf(begun, 2 * (begunLength + count));
            }
            System.arraycopy(shared, 0, begun, begunLength, count);
            keep(begun, take(begun, begunLength + count), begunLength + count);
        }
    }

    /** @return the end of the last complete frame */
    private int take(byte[] bytes, int end) throws IOException {
        int taken = upgraded ? 0 : upgrade(bytes, end);
        return upgraded ? takeFrames(bytes, taken, end) : taken;
    }

    private void keep(byte[] bytes, int from, int end) {
        begunLength = end - from;
        if (begunLength == 0) {
            begun = NOTHING;
        } else if (begun.length < begunLength) {
            begun = Arrays.copyOfRange(bytes, from, end);
        } else {
            System.arraycopy(bytes, from, begun, 0, begunLength);
        }
    }

    private int upgrade(byte[] bytes, int end) throws IOException {
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        int length = head.indexOf("\r\n\r\n") + 4;
        if (length < 4) {
            return 0;
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("the server refuses connection " + number + ": "
                    + head.lines().findFirst().orElse(""));
        }
        upgraded = true;
        frames.open(this);
        return length;
    }

    /** @return the end of the last complete frame */
    private int takeFrames(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (end - at >= 2 && !closed) {
            int length = bytes[at + 1] & 0x7F;
            int head = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (end - at < head) {
                break;
            }
            if (head > 2) {
                length = (int) number(bytes, at + 2, at + head);
            }
            int to = at + head + length;
            if (to > end) {
                break;
            }
            take(bytes[at] & 0x0F, bytes, at + head, to);
            at = to;
        }
        return at;
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | bytes[i] & 0xFF;
        }
        return number;
    }

    private void take(int opcode, byte[] bytes, int from, int to) throws IOException {
        if (opcode == PING) {
            send(PONG, bytes, from, to);
        } else if (opcode == CLOSE) {
            answerClose(bytes, from, to);
            close(to - from < 2 ? NO_CODE : (int) number(bytes, from, from + 2));
        } else {
            frames.message(this, bytes, from, to);
        }
    }

    private void answerClose(byte[] bytes, int from, int to) {
        try {
            send(CLOSE, bytes, from, to);
        } catch (IOException gone) {
            // The server does not wait for the answer.
        }
    }

    private void close(int code) throws IOException {
        closed = true;
        key.cancel();
        frames.closed(this, code);
    }

    /** Whether so many bytes wait to be sent that more would only use up memory. */
    boolean isFull() {
        return unsent.position() > MOST_UNSENT;
    }

    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(TEXT, bytes, 0, bytes.length);
    }

    /** Sends a text that is UTF-8 already. */
    void send(byte[] text) throws IOException {
        send(TEXT, text, 0, text.length);
    }

    /**
     * The mask is zero, because that costs no time. A random mask protects proxies between client and server (RFC 6455
     * section 10.3), and a load test has none.
     */
    private void send(int opcode, byte[] payload, int from, int to) throws IOException {
        int length = to - from;
        reserve(14 + length);
        unsent.put((byte) (0x80 | opcode));
        if (length < 126) {
            unsent.put((byte) (0x80 | length));
        } else if (length <= 0xFFFF) {
            unsent.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            unsent.put((byte) (0x80 | 127)).putLong(length);
        }
        unsent.putInt(0).put(payload, from, length);
        flush();
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        unsent.put(bytes);
    }

    private void reserve(int bytes) {
        if (unsent.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(2 * unsent.capacity() + bytes);
            unsent = larger.put(unsent.flip());
        }
    }

    private void flush() throws IOException {
        unsent.flip();
        channel.write(unsent);
        boolean more = unsent.hasRemaining();
        unsent.compact();
        int wanted = SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    void close() throws IOException {
        channel.close();
    }
}

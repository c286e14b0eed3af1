package dev.parley.cli.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One WebSocket connection of a load, as cheap as possible: it reads frames into a buffer that all links share, and
 * writes messages. For one thread.
 */
final class Link {
    /** Receives the frames of a link. */
    interface Frames {
        void open(Link link) throws IOException;

        /** A whole text or binary message, in one frame. */
        void message(Link link, byte[] bytes, int from, int to) throws IOException;
    }

    private static final int MOST_UNSENT = 1 << 20;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final byte[] NOTHING = {};

    final int number;
    private final LoadPlan plan;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Frames frames;
    private ByteBuffer unsent = ByteBuffer.allocate(512);
    /** The beginning of a frame that is not complete yet. */
    private byte[] begun = NOTHING;

    private boolean upgraded;

    Link(int number, LoadPlan plan, Selector selector, Frames frames) throws IOException {
        this.number = number;
        this.plan = plan;
        this.frames = frames;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = channel.connect(new InetSocketAddress(plan.uri().getHost(), plan.port()));
        key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        if (connected) {
            shakeHands();
        }
    }

    /**
     * Connects, reads and writes as far as the selector reports.
     *
     * @param shared the buffer for reading
     * @return the buffer for the next call, larger if a frame needs more
     */
    byte[] ready(byte[] shared) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            shakeHands();
        }
        if (key.isValid() && key.isWritable()) {
            flush();
        }
        return key.isValid() && key.isReadable() ? read(shared) : shared;
    }

    private void shakeHands() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        String path = plan.uri().getRawPath().isEmpty() ? "/" : plan.uri().getRawPath();
        put(("GET " + path + " HTTP/1.1\r\nHost: " + plan.uri().getHost() + ":" + plan.port()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: parley.v1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        flush();
    }

    private byte[] read(byte[] shared) throws IOException {
        byte[] buffer = shared;
        if (buffer.length < 2 * begun.length) {
            buffer = new byte[2 * begun.length];
        }
        System.arraycopy(begun, 0, buffer, 0, begun.length);
        int count = channel.read(ByteBuffer.wrap(buffer, begun.length, buffer.length - begun.length));
        if (count < 0) {
            throw new EOFException("the server closed connection " + number);
        }
        int end = begun.length + count;
        int taken = upgraded ? 0 : upgrade(buffer, end);
        if (upgraded) {
            taken = takeFrames(buffer, taken, end);
        }
        begun = taken == end ? NOTHING : Arrays.copyOfRange(buffer, taken, end);
        return buffer;
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
        while (end - at >= 2) {
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
            int code = to - from < 2 ? 1005 : (int) number(bytes, from, from + 2);
            throw new EOFException("the server closed connection " + number + " with " + code);
        } else {
            frames.message(this, bytes, from, to);
        }
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

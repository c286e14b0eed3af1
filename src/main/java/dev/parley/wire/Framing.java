package dev.parley.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes WebSocket frames from payloads, as a server sends them: final and without a mask (RFC 6455 section 5.2). Pure
 * functions, thread-safe.
 */
public final class Framing {
    private static final int FIN = 0x80;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private static final int MAX_HEADER = 10;
    private static final byte LENGTH_16 = 126;
    private static final byte LENGTH_64 = 127;
    private static final int MAX_16 = 0xFFFF;

    private Framing() {}

    /** @param payload in UTF-8 */
    public static ByteBuffer text(byte[] payload) {
        return frame(TEXT, ByteBuffer.wrap(payload));
    }

    public static ByteBuffer binary(ByteBuffer payload) {
        return frame(BINARY, payload);
    }

    /** @param payload of at most 125 bytes (RFC 6455 section 5.5) */
    public static ByteBuffer ping(ByteBuffer payload) {
        return frame(PING, payload);
    }

    /** @param payload of at most 125 bytes (RFC 6455 section 5.5) */
    public static ByteBuffer pong(ByteBuffer payload) {
        return frame(PONG, payload);
    }

    /** @param reason of at most 123 bytes in UTF-8 (RFC 6455 section 5.5) */
    public static ByteBuffer close(int code, String reason) {
        byte[] phrase = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(Short.BYTES + phrase.length);
        return frame(CLOSE, payload.putShort((short) code).put(phrase).flip());
    }

    private static ByteBuffer frame(int opcode, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER + length).put((byte) (FIN | opcode));
        if (length < LENGTH_16) {
            frame.put((byte) length);
        } else if (length <= MAX_16) {
            frame.put(LENGTH_16).putShort((short) length);
        } else {
            frame.put(LENGTH_64).putLong(length);
        }
        return frame.put(payload.duplicate()).flip();
    }
}

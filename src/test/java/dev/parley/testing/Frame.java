package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A frame of RFC 6455 section 5.2, right or wrong: nothing is checked. Not to be changed after it was made.
 *
 * @param opcode the lower seven bits of the first byte, reserved bits included
 */
public record Frame(boolean fin, int opcode, byte[] payload) {
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** Stands for the code of a close frame that has none (RFC 6455 section 7.1.5). */
    public static final int NO_CODE = 1005;

    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

    public static Frame text(String text) {
        return new Frame(true, TEXT, text.getBytes(UTF_8));
    }

    public static Frame close(int code, String reason) {
        byte[] phrase = reason.getBytes(UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(2 + phrase.length);
        payload.putShort((short) code).put(phrase);
        return new Frame(true, CLOSE, payload.array());
    }

    /** The next frame, masked or not; empty at the end of the stream. */
    public static Optional<Frame> read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int second = in.readUnsignedByte();
        int length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = new byte[(second & 0x80) == 0 ? 0 : MASK.length];
        in.readFully(mask);
        byte[] payload = new byte[length];
        in.readFully(payload);
        if (mask.length > 0) {
            cover(payload, mask);
        }
        return Optional.of(new Frame((first & 0x80) != 0, first & 0x7F, payload));
    }

    public String text() {
        return new String(payload, UTF_8);
    }

    /** The code of a close frame. */
    public int code() {
        return payload.length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    /** The reason in a close frame; empty if there is none. */
    public String reason() {
        return payload.length <= 2 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
    }

    /** The frame as a client sends it. */
    public byte[] masked() {
        byte[] covered = payload.clone();
        cover(covered, MASK);
        return bytes(0x80, MASK, covered);
    }

    private static void cover(byte[] payload, byte[] mask) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % mask.length];
        }
    }

    /** The frame as only a server may send it (RFC 6455 section 5.1). */
    public byte[] unmasked() {
        return bytes(0, new byte[0], payload);
    }

    private byte[] bytes(int maskBit, byte[] mask, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(10 + mask.length + content.length);
        frame.put((byte) ((fin ? 0x80 : 0) | opcode));
        if (content.length < 126) {
            frame.put((byte) (maskBit | content.length));
        } else if (content.length < 1 << 16) {
            frame.put((byte) (maskBit | 126)).putShort((short) content.length);
        } else {
            frame.put((byte) (maskBit | 127)).putLong(content.length);
        }
        frame.put(mask).put(content);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** Whether, read as one frame after the other, one of them says that its length is negative. */
    static boolean hasNegativeLength(byte[] bytes) {
        ByteBuffer frames = ByteBuffer.wrap(bytes);
        while (frames.remaining() >= 2 + Long.BYTES) {
            frames.get();
            int second = frames.get();
            int mask = (second & 0x80) == 0 ? 0 : 4;
            long length = second & 0x7F;
            length = length == 127 ? frames.getLong() : length == 126 ? frames.getShort() & 0xFFFF : length;
            if (length < 0) {
                return true;
            }
            frames.position((int) Math.min(frames.limit(), frames.position() + mask + length));
        }
        return false;
    }
}

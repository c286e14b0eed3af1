package dev.parley.transport;

import java.nio.ByteBuffer;

/** The header of the frame that is being read (RFC 6455 section 5.2). It is reused for each frame. Not thread-safe. */
final class FrameHeader {
    static final int MASK_BYTES = 4;
    /** The size of the largest header, in bytes. */
    static final int MOST_BYTES = 2 + Long.BYTES + MASK_BYTES;

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** The rest of the header has not come yet. */
    static final int INCOMPLETE = 0;
    /** RFC 6455 forbids a frame with this header. */
    static final int FORBIDDEN = -1;

    private static final int FIN = 0x80;
    private static final int RESERVED_BITS = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MOST_CONTROL = 125;

    private int first;
    private int mask;
    private long length;

    /**
     * Reads the header that begins at this index.
     *
     * @return its size in bytes, {@link #INCOMPLETE} or {@link #FORBIDDEN}
     */
    int read(ByteBuffer bytes, int at) {
        int there = bytes.limit() - at;
        if (there < 2) {
            return INCOMPLETE;
        }
        first = bytes.get(at);
        int second = bytes.get(at + 1);
        int shortLength = second & ~MASKED & 0xFF;
        if ((second & MASKED) == 0 || isForbidden(shortLength)) {
            return FORBIDDEN;
        }
        int size =
                2 + (shortLength == LENGTH_64 ? Long.BYTES : shortLength == LENGTH_16 ? Short.BYTES : 0) + MASK_BYTES;
        if (there < size) {
            return INCOMPLETE;
        }
        long payload = shortLength == LENGTH_64
                ? bytes.getLong(at + 2)
                : shortLength == LENGTH_16 ? bytes.getShort(at + 2) & 0xFFFF : shortLength;
        if (payload < 0) {
            return FORBIDDEN;
        }
        length = payload;
        mask = bytes.getInt(at + size - MASK_BYTES);
        return size;
    }

    /** Tyrus would notice these violations only at the end of the frame. */
    private boolean isForbidden(int shortLength) {
        if ((first & RESERVED_BITS) != 0) {
            return true;
        }
        return switch (opcode()) {
            case CONTINUATION, TEXT, BINARY -> false;
            // RFC 6455 section 5.5
            case CLOSE, PING, PONG -> !isFinal() || shortLength > MOST_CONTROL;
            default -> true;
        };
    }

    int opcode() {
        return first & OPCODE;
    }

    /** Makes this text frame a binary one, also in the bytes in which it came. @param at the index of the header */
    void becomeBinary(ByteBuffer bytes, int at) {
        first = first & ~OPCODE | BINARY;
        bytes.put(at, (byte) first);
    }

    /** Makes a close frame with this payload, which has no mask, at most 125 bytes. */
    static ByteBuffer close(ByteBuffer payload) {
        return ByteBuffer.allocate(2 + MASK_BYTES + payload.remaining())
                .put((byte) (FIN | CLOSE))
                .put((byte) (MASKED | payload.remaining()))
                .putInt(0)
                .put(payload)
                .flip();
    }

    /** Whether the frame is the last one of its message. */
    boolean isFinal() {
        return (first & FIN) != 0;
    }

    /** The length of the payload, in bytes. */
    long length() {
        return length;
    }

    /** Removes the mask from a byte of the payload. @param index the position of the byte in the payload */
    byte unmask(byte masked, int index) {
        int shift = Byte.SIZE * (MASK_BYTES - 1 - index % MASK_BYTES);
        return (byte) (masked ^ mask >> shift);
    }

    /**
     * Makes the header of the next fragment, with the mask of this frame. The opcode is that of the first fragment only,
     * and the FIN bit that of the last one (RFC 6455 section 5.4).
     *
     * @param size the payload of the fragment in bytes, at most 65,535
     * @param isLast whether the frame ends with this fragment
     */
    ByteBuffer nextFragment(int size, boolean isLast) {
        int begin = opcode() | (isLast ? first & FIN : 0);
        first &= FIN;
        ByteBuffer header = ByteBuffer.allocate(2 + Short.BYTES + MASK_BYTES).put((byte) begin);
        if (size < LENGTH_16) {
            header.put((byte) (MASKED | size));
        } else {
            header.put((byte) (MASKED | LENGTH_16)).putShort((short) size);
        }
        return header.putInt(mask).flip();
    }
}

package dev.parley.standalone;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * Looks at the header of each frame of one connection before Tyrus 2.2.2 does, which takes two kinds that it must not:
 * frames without a mask (RFC 6455 section 5.1), and lengths with the most significant bit set (section 5.2), for which it
 * allocates as many bytes, up to 2 GiB, as the lower half of the length says.
 *
 * <p>Instead of such a frame Tyrus gets one with a reserved opcode, which it answers with 1002, and nothing after that.
 * For one read at a time.
 */
final class FrameGuard {
    private static final byte[] RESERVED_OPCODE = {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0};
    private static final int MASK_BIT = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private static final int INCOMPLETE = 0;
    private static final int FORBIDDEN = -1;

    private final MemoryManager<?> memory;
    /** The beginning of a header whose rest is still to come; Tyrus hasn't seen it either. */
    private Buffer begun = Buffers.EMPTY_BUFFER;
    /** How many bytes of the present frame's payload are still to come. */
    private long left;

    private boolean broken;

    FrameGuard(MemoryManager<?> memory) {
        this.memory = memory;
    }

    /** What Tyrus is to see of these bytes; mostly, all of them. */
    Buffer pass(Buffer came) {
        if (broken) {
            return Buffers.EMPTY_BUFFER;
        }
        Buffer bytes = begun.hasRemaining() ? Buffers.appendBuffers(memory, begun, came) : came;
        begun = Buffers.EMPTY_BUFFER;
        int at = bytes.position();
        while (bytes.limit() - at > left) {
            at += (int) left;
            left = 0;
            int header = header(bytes, at);
            if (header == FORBIDDEN) {
                broken = true;
                bytes.limit(at);
                return Buffers.appendBuffers(memory, bytes, Buffers.wrap(memory, RESERVED_OPCODE.clone()));
            }
            if (header == INCOMPLETE) {
                begun = copy(bytes, at);
                bytes.limit(at);
                return bytes;
            }
            at += header;
        }
        left -= bytes.limit() - at;
        return bytes;
    }

    /** Reads the header that begins here, and how long the payload is. @return its size, or what is wrong with it */
    private int header(Buffer bytes, int at) {
        int there = bytes.limit() - at;
        if (there < 2) {
            return INCOMPLETE;
        }
        int second = bytes.get(at + 1);
        if ((second & MASK_BIT) == 0) {
            return FORBIDDEN;
        }
        int length = second & ~MASK_BIT & 0xFF;
        int size = 2 + (length == LENGTH_64 ? Long.BYTES : length == LENGTH_16 ? Short.BYTES : 0) + MASK_BYTES;
        if (there < size) {
            return INCOMPLETE;
        }
        left = length == LENGTH_64
                ? bytes.getLong(at + 2)
                : length == LENGTH_16 ? bytes.getShort(at + 2) & 0xFFFF : length;
        return left < 0 ? FORBIDDEN : size;
    }

    /** The buffer's memory may be used again. */
    private Buffer copy(Buffer bytes, int from) {
        byte[] rest = new byte[bytes.limit() - from];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = bytes.get(from + i);
        }
        return Buffers.wrap(memory, rest);
    }
}

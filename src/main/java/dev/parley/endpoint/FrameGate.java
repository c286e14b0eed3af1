package dev.parley.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The one gate for the incoming frames of one connection: reads the header of each frame before Tyrus does, and decides
 * what Tyrus gets. Not thread-safe: for one read at a time.
 *
 * <pre>
 *   ping, pong ───────────────▶ {@link IncomingFrames}: Tyrus would answer each ping, whatever waits unsent
 *   answer to a close ────────▶ {@link IncomingFrames}, which ends TCP
 *   larger than its limit ────▶ {@link IncomingFrames}, before the rest of it has come; its bytes are dropped
 *   forbidden by RFC 6455 ────▶ Tyrus gets a frame with a reserved opcode instead, which it answers with 1002
 *   up to 8 KiB ──────────────▶ Tyrus, as it came
 *   larger than that ─────────▶ Tyrus, as fragments of 8 KiB
 * </pre>
 *
 * <p>So Tyrus 2.2.2 never has to hold more than {@value #MOST_HELD} bytes. It keeps the buffer for them as long as the
 * connection lasts, copies all of it when a read adds to it, and gives up with 1011 "Buffer overflow." where a read is too
 * large for it. It also takes frames without a mask (RFC 6455 section 5.1), and allocates up to 2 GiB for a length with the
 * most significant bit set (section 5.2).
 */
public final class FrameGate {
    /** The most payload that Tyrus gets in one frame, in bytes; a multiple of the mask's length, so that the mask stays. */
    private static final int SLICE = 8 << 10;

    private static final int MASK_BYTES = 4;
    private static final int MOST_HEADER = 2 + Long.BYTES + MASK_BYTES;

    /** The most that Tyrus has to hold at a time, in bytes. */
    public static final int MOST_HELD = SLICE + MOST_HEADER;

    private static final byte[] RESERVED_OPCODE = {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int FIN = 0x80;
    private static final int RESERVED_BITS = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MOST_CONTROL = 125;

    private static final int INCOMPLETE = 0;
    private static final int FORBIDDEN = -1;

    private IncomingFrames endpoint;
    /** The beginning of a header whose rest is still to come; Tyrus hasn't seen it either. */
    private ByteBuffer begun = NOTHING;

    // Of the present frame.
    private int first;
    private int mask;
    /** How many bytes of its payload are still to come. */
    private long left;

    private Fate fate = Fate.PASSED;
    /** How many bytes Tyrus gets of it, where it gets all. */
    private int size;
    /** How many bytes of the present slice are still to come. */
    private int leftOfSlice;
    /** The payload of a ping or a pong, as far as it has come. */
    private ByteBuffer control;

    /** How many bytes of an unfinished frame Tyrus has. */
    private int held;

    /** Of the message whose frames come. */
    private boolean binary;

    private long messageBytes;
    /** Nothing passes any more but a close frame. */
    private boolean dropping;
    /** Nothing passes any more. */
    private boolean broken;

    /** What becomes of a frame's payload. */
    private enum Fate {
        PASSED,
        SLICED,
        TAKEN,
        DROPPED
    }

    /** The WebSocket container, behind the gate. */
    @FunctionalInterface
    public interface Sink {
        /** @param bytes not used by the gate afterwards; a view of what came, or that very buffer */
        void take(ByteBuffer bytes) throws IOException;
    }

    /** Names the endpoint of this connection. Called once, before the first {@link #pass}. */
    public void opened(IncomingFrames of) {
        endpoint = of;
    }

    /** The endpoint of this connection, or null where it could not be opened. */
    public IncomingFrames endpoint() {
        return endpoint;
    }

    /** Hands on what the container is to see of these bytes: mostly, all of them, as they are. */
    public void pass(ByteBuffer came, Sink container) throws IOException {
        if (broken) {
            return;
        }
        dropping |= endpoint.areUnwanted(came.remaining());
        ByteBuffer bytes = begun.hasRemaining() ? joined(begun, came) : came;
        begun = NOTHING;
        int from = bytes.position();
        int at = from;
        while (true) {
            int come = (int) Math.min(left, bytes.limit() - at);
            if (fate != Fate.PASSED) {
                consume(bytes, at, come, container);
                from = at + come;
            }
            at += come;
            left -= come;
            if (left > 0) {
                break;
            }
            finish();
            if (at == bytes.limit()) {
                break;
            }
            int header = readHeader(bytes, at);
            if (header == INCOMPLETE) {
                begun = joined(bytes.duplicate().position(at), NOTHING);
                break;
            }
            if (header == FORBIDDEN) {
                give(bytes, from, at, container);
                broken = true;
                container.take(ByteBuffer.wrap(RESERVED_OPCODE.clone()));
                return;
            }
            fate = fate();
            if (fate != Fate.PASSED) {
                give(bytes, from, at, container);
                from = at + header;
            } else {
                size = header + (int) left;
                if (held + at - from + size > MOST_HELD) {
                    give(bytes, from, at, container);
                    from = at;
                }
            }
            at += header;
        }
        give(bytes, from, at, container);
    }

    /** Reads the header that begins here. @return its size in bytes, or what is wrong with it */
    private int readHeader(ByteBuffer bytes, int at) {
        int there = bytes.limit() - at;
        if (there < 2) {
            return INCOMPLETE;
        }
        first = bytes.get(at);
        int second = bytes.get(at + 1);
        int length = second & ~MASKED & 0xFF;
        if ((second & MASKED) == 0 || isForbidden(length)) {
            return FORBIDDEN;
        }
        int header = 2 + (length == LENGTH_64 ? Long.BYTES : length == LENGTH_16 ? Short.BYTES : 0) + MASK_BYTES;
        if (there < header) {
            return INCOMPLETE;
        }
        long payload = length == LENGTH_64
                ? bytes.getLong(at + 2)
                : length == LENGTH_16 ? bytes.getShort(at + 2) & 0xFFFF : length;
        if (payload < 0) {
            return FORBIDDEN;
        }
        left = payload;
        mask = bytes.getInt(at + header - MASK_BYTES);
        return header;
    }

    /** What Tyrus would only find out when the whole frame has come. */
    private boolean isForbidden(int length) {
        if ((first & RESERVED_BITS) != 0) {
            return true;
        }
        return switch (first & OPCODE) {
            case CONTINUATION, TEXT, BINARY -> false;
            // RFC 6455 section 5.5
            case CLOSE, PING, PONG -> (first & FIN) == 0 || length > MOST_CONTROL;
            default -> true;
        };
    }

    private Fate fate() {
        int opcode = first & OPCODE;
        if (opcode == CLOSE) {
            return endpoint.close() ? Fate.PASSED : Fate.DROPPED;
        }
        if (dropping) {
            return Fate.DROPPED;
        }
        if (opcode == PING || opcode == PONG) {
            control = ByteBuffer.allocate((int) left);
            return Fate.TAKEN;
        }
        if (opcode != CONTINUATION) {
            binary = opcode == BINARY;
            messageBytes = 0;
        }
        dropping = left > endpoint.limit(binary) - messageBytes
                ? endpoint.tooLarge(binary)
                : (opcode == CONTINUATION || (first & FIN) == 0) && !endpoint.fragment(left);
        messageBytes += left;
        return dropping ? Fate.DROPPED : left > SLICE ? Fate.SLICED : Fate.PASSED;
    }

    /** Uses bytes of the present frame's payload that don't go to the container as they are. */
    private void consume(ByteBuffer bytes, int at, int come, Sink container) throws IOException {
        switch (fate) {
            case TAKEN -> {
                for (int i = at; i < at + come; i++) {
                    int shift = Byte.SIZE * (MASK_BYTES - 1 - control.position() % MASK_BYTES);
                    control.put((byte) (bytes.get(i) ^ mask >> shift));
                }
            }
            case SLICED -> {
                for (int taken = 0; taken < come; ) {
                    if (leftOfSlice == 0) {
                        beginSlice(left - taken, container);
                    }
                    int part = Math.min(leftOfSlice, come - taken);
                    give(bytes, at + taken, at + taken + part, container);
                    leftOfSlice -= part;
                    taken += part;
                }
            }
            default -> {}
        }
    }

    /** @param rest how much of the frame has not been given away yet */
    private void beginSlice(long rest, Sink container) throws IOException {
        leftOfSlice = (int) Math.min(SLICE, rest);
        boolean last = leftOfSlice == rest;
        // The opcode belongs to the first fragment only, and the frame's own FIN bit to the last (RFC 6455 section
        // 5.4).
        int begin = first & OPCODE | (last ? first & FIN : 0);
        first &= FIN;
        ByteBuffer header = ByteBuffer.allocate(2 + Short.BYTES + MASK_BYTES).put((byte) begin);
        if (leftOfSlice < LENGTH_16) {
            header.put((byte) (MASKED | leftOfSlice));
        } else {
            header.put((byte) (MASKED | LENGTH_16)).putShort((short) leftOfSlice);
        }
        container.take(header.putInt(mask).flip());
    }

    /** The present frame has come to its end. */
    private void finish() {
        if (fate == Fate.TAKEN) {
            ByteBuffer payload = control.flip();
            control = null;
            dropping |= (first & OPCODE) == PING ? !endpoint.ping(payload) : !endpoint.pong(payload);
        }
        fate = Fate.PASSED;
        size = 0;
    }

    private void give(ByteBuffer bytes, int from, int to, Sink container) throws IOException {
        if (from < to) {
            boolean all = from == bytes.position() && to == bytes.limit();
            container.take(all ? bytes : bytes.duplicate().position(from).limit(to));
        }
        held = fate == Fate.PASSED && left > 0 ? size - (int) left : 0;
    }

    /** The memory of what came may be used again. */
    private static ByteBuffer joined(ByteBuffer one, ByteBuffer other) {
        return ByteBuffer.allocate(one.remaining() + other.remaining())
                .put(one.duplicate())
                .put(other.duplicate())
                .flip();
    }
}

package dev.parley.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The gate for the incoming frames of one connection. It reads the header of each frame before the WebSocket container does, and
 * decides what the container gets. Not thread-safe: used for one read at a time.
 *
 * <pre>
 *   ping, pong ───────────────▶ {@link IncomingFrames}: Tyrus would answer each ping, however much is unsent;
 *                               in Liberty they are counted, and Liberty answers
 *   answer to a close ────────▶ {@link IncomingFrames}, which ends TCP
 *   larger than its limit ────▶ {@link IncomingFrames}, before its payload has come; its bytes are dropped
 *   forbidden by RFC 6455 ────▶ the container gets a frame with a reserved opcode instead, and answers it with 1002
 *   up to 8 KiB ──────────────▶ the container, unchanged; in Liberty texts become binary
 *   larger than that ─────────▶ the container, as fragments of 8 KiB
 * </pre>
 *
 * <p>So Tyrus 2.2.2 never has to hold more than {@value #MOST_HELD} bytes. Tyrus keeps its buffer as long as the connection
 * lasts, copies all of it when a read adds to it, and fails with 1011 "Buffer overflow." if a read is too large for it.
 * Tyrus also accepts frames without a mask (RFC 6455 section 5.1), and allocates up to 2 GiB for a length with the most
 * significant bit set (section 5.2).
 *
 * <p>Open Liberty 26 needs a gate too, which is different in this ({@link Container#LIBERTY}): it gives each fragment of a text to
 * the endpoint as a text, and closes with 1007 if the fragment ends within a character. Therefore texts pass as binary messages,
 * and the endpoint decodes them. Liberty answers pings itself, so that they pass when they are counted. It answers on the thread that
 * reads, and waits there until a frame in flight is written. Therefore a ping that comes meanwhile is dropped: only the newest needs
 * an answer (RFC 6455 section 5.5.3). Liberty does not answer close frames with a code above 4999. It can't be made to stop
 * reading, so that too many bytes of a peer that should be closing end the connection.
 */
public final class FrameGate {
    /** The largest payload of a frame for the container, in bytes. It is a multiple of the mask's length, so the mask fits each slice. */
    private static final int SLICE = 8 << 10;

    /** The most bytes that the container has to hold at a time. */
    public static final int MOST_HELD = SLICE + FrameHeader.MOST_BYTES;

    private static final byte[] RESERVED_OPCODE = {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** The largest code that a close frame can have (RFC 6455 section 7.4.2). */
    private static final int MOST_CODE = 4999;

    private final Container behind;
    private final MessageSequence messages;

    private IncomingFrames endpoint;
    /** The beginning of an incomplete header. The container hasn't got it either. */
    private ByteBuffer begun = NOTHING;

    // Of the present frame.
    private final FrameHeader header = new FrameHeader();
    /** The bytes of its payload that have not come yet. */
    private long left;

    private Fate fate = Fate.PASSED;
    /** The size of the whole frame, if it is passed. */
    private int size;
    /** The bytes of the present slice that have not come yet. */
    private int leftOfSlice;
    /** The payload of a ping or a pong, as far as it has come. */
    private ByteBuffer control;

    /** The bytes of an unfinished frame that the container has. */
    private int held;

    /** Only close frames pass from now on. */
    private boolean dropping;
    /** No frame passes from now on. */
    private boolean broken;

    /** How the payload of a frame is used. */
    private enum Fate {
        PASSED,
        SLICED,
        TAKEN,
        DROPPED
    }

    /** Whose WebSockets are behind the gate. */
    public enum Container {
        TYRUS,
        LIBERTY
    }

    /** Takes the bytes for the WebSocket container, behind the gate. */
    @FunctionalInterface
    public interface Sink {
        /** @param bytes a view of the buffer that was read, or that buffer itself; the gate does not use it afterwards */
        void take(ByteBuffer bytes) throws IOException;
    }

    public FrameGate(Container behind) {
        this.behind = behind;
        this.messages = new MessageSequence(behind == Container.LIBERTY);
    }

    /**
     * Whether the next piece of a binary message belongs to a text.
     *
     * @param last whether it is the last one of its message
     */
    public boolean isText(boolean last) {
        return messages.isText(last);
    }

    /** Sets the endpoint of this connection. Called once, before the first {@link #pass}. */
    void opened(IncomingFrames of) {
        endpoint = of;
    }

    /** The endpoint of this connection, or null if it could not be opened. */
    public IncomingFrames endpoint() {
        return endpoint;
    }

    /**
     * Passes these bytes on to the container, as far as it gets them. Mostly it gets all of them, in the same buffer.
     *
     * @throws IOException if the container throws it
     */
    public void pass(ByteBuffer came, Sink container) throws IOException {
        if (broken) {
            return;
        }
        dropping |= endpoint.areUnwanted(came.remaining());
        if (behind == Container.LIBERTY && endpoint.cutsFlood()) {
            broken = true;
            return;
        }
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
            finish(container);
            if (broken || at == bytes.limit()) {
                break;
            }
            int headerSize = header.read(bytes, at);
            if (headerSize == FrameHeader.INCOMPLETE) {
                begun = joined(bytes.duplicate().position(at), NOTHING);
                break;
            }
            if (headerSize == FrameHeader.FORBIDDEN || isData() && !messages.continues(header)) {
                give(bytes, from, at, container);
                forbid(container);
                return;
            }
            if (isData()) {
                messages.begin(header, bytes, at);
            }
            left = header.length();
            fate = fate();
            if (fate != Fate.PASSED) {
                give(bytes, from, at, container);
                from = at + headerSize;
            } else {
                size = headerSize + (int) left;
                if (held + at - from + size > MOST_HELD) {
                    give(bytes, from, at, container);
                    from = at;
                }
            }
            at += headerSize;
        }
        give(bytes, from, at, container);
    }

    private boolean isData() {
        return !dropping && header.opcode() <= FrameHeader.BINARY;
    }

    private void forbid(Sink container) throws IOException {
        broken = true;
        container.take(ByteBuffer.wrap(RESERVED_OPCODE.clone()));
    }

    private Fate fate() {
        int opcode = header.opcode();
        if (opcode == FrameHeader.CLOSE) {
            return !endpoint.close() ? Fate.DROPPED : behind == Container.LIBERTY ? take() : Fate.PASSED;
        }
        if (dropping) {
            return Fate.DROPPED;
        }
        if (opcode == FrameHeader.PING || opcode == FrameHeader.PONG) {
            return behind == Container.TYRUS ? take() : passControl(opcode);
        }
        dropping = isOverALimit(opcode);
        messages.add(left);
        return dropping ? Fate.DROPPED : left > SLICE ? Fate.SLICED : Fate.PASSED;
    }

    private Fate take() {
        control = ByteBuffer.allocate((int) left);
        return Fate.TAKEN;
    }

    /** The endpoint counts pongs itself. */
    private Fate passControl(int opcode) {
        if (opcode == FrameHeader.PONG) {
            return Fate.PASSED;
        }
        dropping = !endpoint.countPing();
        return dropping || endpoint.isSending() ? Fate.DROPPED : Fate.PASSED;
    }

    /** Whether the present frame exceeds a limit, which closes the connection. */
    private boolean isOverALimit(int opcode) {
        if (left > endpoint.limit(messages.isBinary()) - messages.bytes()) {
            endpoint.tooLarge(messages.isBinary());
            return true;
        }
        return (opcode == FrameHeader.CONTINUATION || !header.isFinal()) && !endpoint.fragment(left);
    }

    /** Uses bytes of the present frame's payload that the container doesn't get unchanged. */
    private void consume(ByteBuffer bytes, int at, int come, Sink container) throws IOException {
        switch (fate) {
            case TAKEN -> {
                for (int i = at; i < at + come; i++) {
                    control.put(header.unmask(bytes.get(i), control.position()));
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

    /** @param rest the bytes of the frame that are not in a slice yet */
    private void beginSlice(long rest, Sink container) throws IOException {
        leftOfSlice = (int) Math.min(SLICE, rest);
        container.take(header.nextFragment(leftOfSlice, leftOfSlice == rest));
    }

    /** The present frame is complete. */
    private void finish(Sink container) throws IOException {
        if (fate == Fate.TAKEN) {
            ByteBuffer payload = control.flip();
            control = null;
            switch (header.opcode()) {
                case FrameHeader.PING -> dropping |= !endpoint.ping(payload);
                case FrameHeader.PONG -> dropping |= !endpoint.pong(payload);
                default -> passClose(payload, container);
            }
        }
        fate = Fate.PASSED;
        size = 0;
    }

    private void passClose(ByteBuffer payload, Sink container) throws IOException {
        if (payload.remaining() >= Short.BYTES && (payload.getShort(0) & 0xFFFF) > MOST_CODE) {
            forbid(container);
        } else {
            container.take(FrameHeader.close(payload));
        }
    }

    private void give(ByteBuffer bytes, int from, int to, Sink container) throws IOException {
        if (from < to) {
            boolean all = from == bytes.position() && to == bytes.limit();
            container.take(all ? bytes : bytes.duplicate().position(from).limit(to));
        }
        held = fate == Fate.PASSED && left > 0 ? size - (int) left : 0;
    }

    /** Copies, because the memory of the two may be used again. */
    private static ByteBuffer joined(ByteBuffer one, ByteBuffer other) {
        return ByteBuffer.allocate(one.remaining() + other.remaining())
                .put(one.duplicate())
                .put(other.duplicate())
                .flip();
    }
}

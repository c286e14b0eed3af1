package dev.parley.outbox;

import dev.parley.message.ServerMessage;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.EncodedText;
import dev.parley.wire.Framing;
import dev.parley.wire.Subprotocol;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One frame to send: encoded once for all recipients, and counted once in the memory budget even if many outboxes hold
 * it. Thread-safe.
 */
public final class OutgoingFrame {
    private static final AtomicIntegerFieldUpdater<OutgoingFrame> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(OutgoingFrame.class, "holders");

    /** Null in a binary frame. */
    final EncodedText text;

    /** The whole frame with its header; null in a text frame. */
    private final ByteBuffer binary;

    /** The size in bytes, without a header. */
    public final int size;

    private volatile int holders;

    private OutgoingFrame(EncodedText text, ByteBuffer binary, int size) {
        this.text = text;
        this.binary = binary;
        this.size = size;
    }

    /** Makes a frame of one message that is sent as binary, or of any number of other messages. */
    public static OutgoingFrame of(List<? extends ServerMessage> messages) {
        if (messages.get(0).hasBytes()) {
            ByteBuffer content = BinaryFrame.encode(messages.get(0));
            return new OutgoingFrame(null, Framing.binary(content), content.remaining());
        }
        EncodedText text = EncodedText.of(messages);
        return new OutgoingFrame(text, null, text.bytes());
    }

    /** The same for {@value Subprotocol#V2}: entries with consecutive numbers are one message. None of the messages is sent as binary. */
    public static OutgoingFrame ofRuns(List<? extends ServerMessage> messages) {
        EncodedText text = EncodedText.ofRuns(messages);
        return new OutgoingFrame(text, null, text.bytes());
    }

    public static OutgoingFrame of(ServerMessage message) {
        return of(List.of(message));
    }

    boolean isText() {
        return text != null;
    }

    /** A binary frame with its header, in a buffer of its own for each call. */
    ByteBuffer bytes() {
        return binary.duplicate();
    }

    /** The payload of a binary frame, in a buffer of its own for each call. */
    ByteBuffer payload() {
        ByteBuffer bytes = binary.duplicate();
        return bytes.position(bytes.limit() - size);
    }

    /** One more outbox holds this frame. */
    void hold(MemoryBudget budget) {
        if (HOLDERS.getAndIncrement(this) == 0) {
            budget.hold(size);
        }
    }

    /** Whether more than one outbox holds this frame. */
    boolean isShared() {
        return holders > 1;
    }

    /** One outbox does not hold this frame any more. */
    void release(MemoryBudget budget) {
        if (HOLDERS.decrementAndGet(this) == 0) {
            budget.release(size);
        }
    }
}

package dev.parley.outbox;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.EncodedText;
import dev.parley.wire.Framing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Messages as they are sent: encoded once for all who get them, and counted once in the memory's budget however many
 * outboxes hold them. Thread-safe.
 */
public final class OutgoingFrame {
    private static final AtomicIntegerFieldUpdater<OutgoingFrame> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(OutgoingFrame.class, "holders");

    /** Null where this is a binary frame. */
    final EncodedText text;

    /** The whole frame, with its header; null where this is a text. */
    private final ByteBuffer binary;

    /** In bytes, without a header. */
    public final int size;

    private volatile int holders;

    private OutgoingFrame(EncodedText text, ByteBuffer binary, int size) {
        this.text = text;
        this.binary = binary;
        this.size = size;
    }

    /** One entry that is sent in a binary frame, or any number of other messages. */
    public static OutgoingFrame of(List<? extends ServerMessage> messages) {
        if (messages.get(0) instanceof Entry entry && entry.body().kind().isBinary()) {
            ByteBuffer content = BinaryFrame.encode(entry);
            return new OutgoingFrame(null, Framing.binary(content), content.remaining());
        }
        EncodedText text = EncodedText.of(messages);
        return new OutgoingFrame(text, null, text.bytes());
    }

    public static OutgoingFrame of(ServerMessage message) {
        return of(List.of(message));
    }

    boolean isText() {
        return text != null;
    }

    /** A binary frame as it goes over the wire; for one reader. */
    ByteBuffer bytes() {
        return binary.duplicate();
    }

    /** The payload of a binary frame; for one reader. */
    ByteBuffer payload() {
        ByteBuffer bytes = binary.duplicate();
        return bytes.position(bytes.limit() - size);
    }

    /** One outbox more has it. */
    void hold(MemoryBudget budget) {
        if (HOLDERS.getAndIncrement(this) == 0) {
            budget.hold(size);
        }
    }

    /** One outbox has it no more. */
    void release(MemoryBudget budget) {
        if (HOLDERS.decrementAndGet(this) == 0) {
            budget.release(size);
        }
    }
}

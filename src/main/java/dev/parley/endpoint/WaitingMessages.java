package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.outbox.MemoryBudget;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The messages of one peer that wait for the answer to an earlier one, in their order. Their number and their bytes are
 * bounded, and they count against the memory of the process. Not thread-safe: it is guarded by its conversation.
 */
final class WaitingMessages {
    static final int MOST = 4_000;
    /** The approximate size of a message without its body. */
    private static final int MESSAGE_BYTES = 256;
    /** The bound of the bytes. One message of any size may always wait. */
    private static final int MOST_BYTES = 4 << 20;

    private final Queue<ClientMessage> messages = new ArrayDeque<>(0);
    private final MemoryBudget.Share memory;
    private long bytes;

    /** @param memory counts the waiting messages */
    WaitingMessages(MemoryBudget.Share memory) {
        this.memory = memory;
    }

    /**
     * Adds a message.
     *
     * @throws ParleyException with {@code tooFast} if a bound is reached, with {@code unavailable} if the process is short of
     *     memory; the message is not added then
     */
    void add(ClientMessage message) {
        int size = size(message) + MESSAGE_BYTES;
        if (messages.size() >= MOST || bytes > 0 && bytes + size > MOST_BYTES) {
            throw new ParleyException(
                    ErrorCode.TOO_FAST, "too many messages wait for the answer to an earlier one; try again later");
        }
        if (!memory.hold(bytes + size)) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the server is short of memory; try again later");
        }
        messages.add(message);
        bytes += size;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The next message, or null. */
    ClientMessage peek() {
        return messages.peek();
    }

    void remove() {
        bytes -= size(messages.remove()) + MESSAGE_BYTES;
        memory.hold(bytes);
    }

    void clear() {
        messages.clear();
        bytes = 0;
        memory.hold(0);
    }

    /** The approximate size of a body or a token, in bytes. Of texts the characters are counted. */
    static int size(ClientMessage message) {
        if (message instanceof ClientMessage.Hello hello && hello.token() != null) {
            return hello.token().length();
        }
        return message.body() == null ? 0 : message.body().size();
    }
}

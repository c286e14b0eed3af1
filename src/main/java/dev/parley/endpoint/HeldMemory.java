package dev.parley.endpoint;

import dev.parley.outbox.MemoryBudget;
import dev.parley.outbox.Outbox;

/** The memory that one connection holds. The connection is closed if the memory of the process is short. Thread-safe. */
final class HeldMemory {
    private final Outbox outbox;
    private final MemoryBudget.Share assembled;
    private final MemoryBudget.Share waiting;

    HeldMemory(Outbox outbox, MemoryBudget budget) {
        this.outbox = outbox;
        this.assembled = budget.new Share();
        this.waiting = budget.new Share();
    }

    /** The memory of a message that is not complete. */
    MemoryBudget.Share assembled() {
        return assembled;
    }

    /** The memory of messages that wait for the answer to an earlier one. */
    MemoryBudget.Share waiting() {
        return waiting;
    }

    /** Drops unsent frames, because the connection is about to end. */
    void clear() {
        outbox.clear();
    }

    /** The bytes of unsent frames, of an incomplete message, and of waiting messages. */
    long bytes() {
        return outbox.unsent() + assembled.bytes() + waiting.bytes();
    }

    /** The time for which the peer has received or sent no part of that, in nanoseconds. */
    long heldFor(long now) {
        return Math.max(outbox.stuckFor(now), Math.max(assembled.heldFor(now), waiting.heldFor(now)));
    }
}

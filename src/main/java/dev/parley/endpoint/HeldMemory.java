package dev.parley.endpoint;

import dev.parley.outbox.MemoryBudget;
import dev.parley.outbox.Outbox;

/** What one connection holds of the memory of the process: it must give it back where that is short. Thread-safe. */
final class HeldMemory {
    private final Outbox outbox;
    private final MemoryBudget.Share assembled;
    private final MemoryBudget.Share waiting;

    HeldMemory(Outbox outbox, MemoryBudget budget) {
        this.outbox = outbox;
        this.assembled = budget.new Share();
        this.waiting = budget.new Share();
    }

    /** For a message of which only a part has come. */
    MemoryBudget.Share assembled() {
        return assembled;
    }

    /** For messages that wait for the answer to an earlier one. */
    MemoryBudget.Share waiting() {
        return waiting;
    }

    /** Gives up what is unsent: the connection is about to end. */
    void clear() {
        outbox.clear();
    }

    /** How many bytes are unsent, belong to a message that is not complete, or to messages that wait. */
    long bytes() {
        return outbox.unsent() + assembled.bytes() + waiting.bytes();
    }

    /** For how long nothing of that has been taken by the peer, or come from it, in nanoseconds. */
    long heldFor(long now) {
        return Math.max(outbox.stuckFor(now), Math.max(assembled.heldFor(now), waiting.heldFor(now)));
    }
}

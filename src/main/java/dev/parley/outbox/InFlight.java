package dev.parley.outbox;

import java.util.List;

/** The one send of a connection that is in flight, if any. Not thread-safe: its outbox guards it. */
final class InFlight {
    private final MemoryBudget budget;
    private boolean active;
    private List<OutgoingFrame> frames = List.of();
    private long bytes;
    private long since;

    /** @param budget counts the frames until they are sent */
    InFlight(MemoryBudget budget) {
        this.budget = budget;
    }

    boolean isActive() {
        return active;
    }

    /**
     * Begins a send.
     *
     * @param leaving the frames that it sends; they are released at its end
     * @param size the bytes of these frames
     * @return the time of the beginning, as {@link System#nanoTime}
     */
    long begin(List<OutgoingFrame> leaving, long size) {
        active = true;
        frames = leaving;
        bytes = size;
        since = System.nanoTime();
        return since;
    }

    /** Ends the send, or gives it up because its end will not be reported. Does nothing if none is in flight. */
    void end() {
        List<OutgoingFrame> left = frames;
        active = false;
        frames = List.of();
        bytes = 0;
        for (int i = 0; i < left.size(); i++) {
            left.get(i).release(budget);
        }
    }

    long bytes() {
        return bytes;
    }

    /** How long the send has been in flight, in nanoseconds; 0 if none is. */
    long stuckFor(long now) {
        return active ? Math.max(1, now - since) : 0;
    }
}

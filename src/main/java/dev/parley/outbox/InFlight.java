package dev.parley.outbox;

import java.util.List;

/** The one send of a connection that is under way, if any. Not thread-safe: it is guarded by its outbox. */
final class InFlight {
    private final MemoryBudget budget;
    private boolean underWay;
    private List<OutgoingFrame> frames = List.of();
    private long bytes;
    private long since;

    /** @param budget where the frames are counted until they have been sent */
    InFlight(MemoryBudget budget) {
        this.budget = budget;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /**
     * A send begins.
     *
     * @param leaving what it sends, to be released at its end
     * @param size of that, in bytes
     * @return when, as {@link System#nanoTime}
     */
    long begin(List<OutgoingFrame> leaving, long size) {
        underWay = true;
        frames = leaving;
        bytes = size;
        since = System.nanoTime();
        return since;
    }

    /** The send has ended, or nothing will hear of its end. Does nothing where none is under way. */
    void end() {
        List<OutgoingFrame> left = frames;
        underWay = false;
        frames = List.of();
        bytes = 0;
        for (int i = 0; i < left.size(); i++) {
            left.get(i).release(budget);
        }
    }

    long bytes() {
        return bytes;
    }

    /** For how long the peer has not taken it, in nanoseconds; 0 where nothing is under way. */
    long stuckFor(long now) {
        return underWay ? Math.max(1, now - since) : 0;
    }
}

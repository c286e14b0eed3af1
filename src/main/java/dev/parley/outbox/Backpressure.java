package dev.parley.outbox;

import java.util.List;

/**
 * The tasks that wait until the peer has received more: reading the next page from the log, and reading the peer's
 * messages. Not thread-safe: its outbox guards it.
 */
final class Backpressure {
    private static final int LOW_PART = 4;

    private final int bound;
    private Runnable page;
    private Runnable reading;
    private boolean refused;

    /** @param bound the most bytes that may be unsent */
    Backpressure(int bound) {
        this.bound = bound;
    }

    /** Whether more bytes are unsent than allowed. */
    boolean isOver(long unsent) {
        return unsent > bound;
    }

    /** Whether so few bytes are unsent that the waiting tasks may continue. */
    boolean isLow(long unsent) {
        return unsent <= bound / LOW_PART;
    }

    /** Notes that an entry was rejected for lack of space. */
    void refuse() {
        refused = true;
    }

    /** Whether an entry was rejected and there is no space for it yet. */
    boolean hasRefused() {
        return refused;
    }

    /** Whether {@link #release} has something to do: a task waits, or an entry was rejected. */
    boolean isActive() {
        return refused || page != null || reading != null;
    }

    void holdPage(Runnable then) {
        page = then;
    }

    void holdReading(Runnable then) {
        reading = then;
    }

    boolean holdsReading() {
        return reading != null;
    }

    /**
     * Notes that there is space again.
     *
     * @return the waiting tasks, which the caller runs without holding the lock
     */
    List<Runnable> release() {
        refused = false;
        if (page == null && reading == null) {
            return List.of();
        }
        List<Runnable> both =
                page == null ? List.of(reading) : reading == null ? List.of(page) : List.of(page, reading);
        drop();
        return both;
    }

    /** Drops the waiting tasks: they are never run. */
    void drop() {
        page = null;
        reading = null;
    }
}

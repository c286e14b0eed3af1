package dev.parley.outbox;

import java.util.List;

/**
 * What waits until the peer has taken more: the reading of a page from the log, and the reading of what the peer sends.
 * Not thread-safe: it is guarded by its outbox.
 */
final class Backpressure {
    private static final int LOW_PART = 4;

    private final int bound;
    private Runnable page;
    private Runnable reading;
    private boolean refused;

    /** @param bound how many bytes may be unsent */
    Backpressure(int bound) {
        this.bound = bound;
    }

    /** Whether more is unsent than may be. */
    boolean isOver(long unsent) {
        return unsent > bound;
    }

    /** Whether so little is unsent that what waits can go on. */
    boolean isLow(long unsent) {
        return unsent <= bound / LOW_PART;
    }

    /** An entry was refused, for lack of room. */
    void refuse() {
        refused = true;
    }

    /** Whether an entry was refused, and there is no room for it yet. */
    boolean hasRefused() {
        return refused;
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

    /** There is room. @return what goes on, to be run without the lock */
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

    /** What waits never goes on. */
    void drop() {
        page = null;
        reading = null;
    }
}

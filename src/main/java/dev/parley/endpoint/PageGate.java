package dev.parley.endpoint;

import dev.parley.outbox.MemoryBudget;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets pages of the log be read while there is memory for them, in the order in which they were asked for. Thread-safe.
 * Each connection has one page here at most, which bounds what waits.
 */
final class PageGate {
    private static final Logger LOG = System.getLogger(PageGate.class.getName());

    private final MemoryBudget budget;
    private final long page;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int reading;
    private boolean beginning;

    /** @param page the most bytes that a page takes when it has been read and encoded */
    PageGate(MemoryBudget budget, long page) {
        this.budget = budget;
        this.page = page;
    }

    /** Begins to read a page: at once, or later on any thread. {@link #done} must be called once for each that began. */
    void enter(Runnable begin) {
        synchronized (this) {
            waiting.add(begin);
        }
        goOn();
    }

    /** A page has been read, and waits to be sent, or nobody wants it any more. */
    void done() {
        synchronized (this) {
            reading--;
        }
        goOn();
    }

    /** Begins what there is memory for. One thread begins all, as each may be done before its beginning has returned. */
    void goOn() {
        synchronized (this) {
            if (beginning) {
                return;
            }
            beginning = true;
        }
        for (Runnable begin = next(); begin != null; begin = next()) {
            try {
                begin.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A page could not be begun; the others go on", e);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable begin = hasRoom() ? waiting.poll() : null;
        beginning = begin != null;
        if (beginning) {
            reading++;
        }
        return begin;
    }

    /** A page may be larger than all there is: then one at a time is read. */
    private boolean hasRoom() {
        return !waiting.isEmpty() && !budget.isShort() && (reading == 0 || (reading + 1) * page <= budget.left());
    }
}

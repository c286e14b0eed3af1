package dev.parley.endpoint;

import dev.parley.outbox.MemoryBudget;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Admits the reading of pages while there is memory for them, in the order of their requests. Thread-safe. Each connection
 * has at most one page here, which bounds the queue.
 */
final class PageGate {
    private static final Logger LOG = System.getLogger(PageGate.class.getName());

    private final MemoryBudget budget;
    private final long page;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int reading;
    private boolean beginning;

    /** @param page the largest size of a page that has been read and encoded, in bytes */
    PageGate(MemoryBudget budget, long page) {
        this.budget = budget;
        this.page = page;
    }

    /** Begins to read a page, at once or later, on any thread. {@link #done} must be called once for each page that began. */
    void enter(Runnable begin) {
        synchronized (this) {
            waiting.add(begin);
        }
        goOn();
    }

    /** A page has been read and queued, or its connection has ended. */
    void done() {
        synchronized (this) {
            reading--;
        }
        goOn();
    }

    /** Begins the pages that memory allows. One thread begins all, because a page may be done before its beginning returns. */
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

    /** If the memory is too small even for one page, one page at a time is read. */
    private boolean hasRoom() {
        return !waiting.isEmpty() && !budget.isShort() && (reading == 0 || (reading + 1) * page <= budget.left());
    }
}

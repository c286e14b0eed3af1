package dev.parley.endpoint;

import dev.parley.room.Member.PageTurn;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The pages that are to be read from the log for one connection, for its joins, its catching up and its history: one
 * after the other, and only as fast as the peer takes them. Thread-safe. Its users bound it: each membership has one
 * page here at most, and the conversation counts those of history.
 */
final class Pages {
    private final Outbox outbox;
    private final Queue<PageTurn> waiting = new ArrayDeque<>(0);
    private boolean reading;
    private boolean beginning;

    Pages(Outbox outbox) {
        this.outbox = outbox;
    }

    void add(PageTurn turn) {
        synchronized (this) {
            waiting.add(turn);
        }
        goOn();
    }

    /** How many wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void done() {
        synchronized (this) {
            reading = false;
        }
        goOn();
    }

    /**
     * One loop begins all turns: where the log refuses to read, a turn is done before its beginning has returned, and
     * thousands of them, each begun by the one before, would be more than a stack holds.
     */
    private void goOn() {
        synchronized (this) {
            if (beginning) {
                return;
            }
            beginning = true;
        }
        for (PageTurn turn = next(); turn != null; turn = next()) {
            PageTurn begun = turn;
            outbox.whenReady(() -> begun.begin(this::done));
        }
    }

    private synchronized PageTurn next() {
        PageTurn turn = reading ? null : waiting.poll();
        beginning = turn != null;
        reading |= beginning;
        return turn;
    }
}

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

    Pages(Outbox outbox) {
        this.outbox = outbox;
    }

    void add(PageTurn turn) {
        synchronized (this) {
            if (reading) {
                waiting.add(turn);
                return;
            }
            reading = true;
        }
        begin(turn);
    }

    /** How many wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void begin(PageTurn turn) {
        outbox.whenReady(() -> turn.begin(this::next));
    }

    private void next() {
        PageTurn turn;
        synchronized (this) {
            turn = waiting.poll();
            reading = turn != null;
        }
        if (turn != null) {
            begin(turn);
        }
    }
}

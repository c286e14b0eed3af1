package dev.parley.endpoint;

import dev.parley.outbox.Outbox;
import dev.parley.room.Member.PageTurn;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The pages that are to be read from the log for one connection, for its joins, its catching up and its history: one
 * after the other, only as fast as the peer takes them, and while the process has memory for them. Thread-safe. Its users bound it: each membership has one
 * page here at most, and the conversation counts those of history.
 */
final class PageReads {
    private final Outbox outbox;
    private final PageGate gate;
    private final Consumer<Throwable> failed;
    private final Queue<PageTurn> waiting = new ArrayDeque<>(0);
    private boolean reading;
    private boolean beginning;
    /** Whether the gate counts a page for this connection. */
    private boolean entered;

    private boolean discarded;

    /**
     * @param gate where the pages of all connections wait for memory
     * @param failed is called for each turn that fails, before the next one begins, on any thread
     */
    PageReads(Outbox outbox, PageGate gate, Consumer<Throwable> failed) {
        this.outbox = outbox;
        this.gate = gate;
        this.failed = failed;
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

    /** The connection is gone: what waits is never read. */
    void discard() {
        synchronized (this) {
            discarded = true;
            waiting.clear();
        }
        leave();
    }

    private void begin(PageTurn turn) {
        boolean tooLate;
        synchronized (this) {
            entered = true;
            tooLate = discarded;
        }
        if (tooLate) {
            leave();
            return;
        }
        CompletionStage<?> told;
        try {
            told = turn.begin();
        } catch (RuntimeException | Error e) {
            told = CompletableFuture.failedStage(e);
        }
        told.whenComplete((nothing, failure) -> {
            try {
                if (failure != null) {
                    failed.accept(failure);
                }
            } finally {
                done();
            }
        });
    }

    private void done() {
        synchronized (this) {
            reading = false;
        }
        leave();
        goOn();
    }

    private void leave() {
        synchronized (this) {
            if (!entered) {
                return;
            }
            entered = false;
        }
        gate.done();
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
            outbox.whenReady(() -> gate.enter(() -> begin(begun)));
        }
    }

    private synchronized PageTurn next() {
        PageTurn turn = reading ? null : waiting.poll();
        beginning = turn != null;
        reading |= beginning;
        return turn;
    }
}

package dev.parley.endpoint;

import dev.parley.outbox.Outbox;
import dev.parley.room.Member.PageTurn;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Reads pages of the log for one connection: for its joins, its catching up and its history. Parts of attachments count as pages
 * here. It reads one page after the other, only as fast as the peer receives them, and only while the process has memory for
 * them. Thread-safe.
 *
 * <p>The queue is bounded: each membership has at most one page here, and the handlers of {@code history} and {@code fetch} limit
 * their pages.
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
     * @param gate admits the pages of all connections
     * @param failed called for each page that fails, before the next one begins, on any thread
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

    /** The number of pages that wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** The connection has ended: waiting pages are dropped. */
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
        CompletionStage<?> sent;
        try {
            sent = turn.begin();
        } catch (RuntimeException | Error e) {
            sent = CompletableFuture.failedStage(e);
        }
        sent.whenComplete((nothing, failure) -> {
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
     * One loop begins all turns. If the log rejects a read, a turn is done before its beginning returns. Thousands of turns,
     * each begun by the one before, would overflow the stack.
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

package dev.parley.room;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Limits how many rooms read missed entries from the log at the same time: {@value #MOST}. After a loss, all rooms of a node
 * would read at once, and the log would reject the reads of members. Thread-safe.
 *
 * <p>The queue is bounded, because each room has at most one read here.
 */
final class GapReads {
    static final int MOST = 8;

    private final Queue<Supplier<CompletionStage<Void>>> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param read begins to read; called now or later, on any thread; must not throw. When its stage ends, another may begin */
    void add(Supplier<CompletionStage<Void>> read) {
        synchronized (this) {
            if (underWay == MOST) {
                waiting.add(read);
                return;
            }
            underWay++;
        }
        begin(read);
    }

    private void begin(Supplier<CompletionStage<Void>> read) {
        read.get().whenComplete((done, failure) -> end());
    }

    private void end() {
        Supplier<CompletionStage<Void>> next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                underWay--;
                return;
            }
        }
        begin(next);
    }
}

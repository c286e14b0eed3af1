package dev.parley.room;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets a few rooms at a time read what the relay did not bring them: {@value #MOST}. Else all rooms of a node would do it at
 * once after a loss, and the log would reject the reads of members. Thread-safe.
 *
 * <p>The queue is bounded by its users: each room has at most one read here.
 */
final class GapReads {
    static final int MOST = 8;

    private final Queue<Supplier<CompletionStage<Void>>> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param read begins to read, now or later, on any thread; must not throw. The next one begins when its stage ends */
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

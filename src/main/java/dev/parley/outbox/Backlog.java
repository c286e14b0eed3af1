package dev.parley.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits in an outbox: frames in their order, and behind them hints, of each kind the newest. Bounded in bytes. Not
 * thread-safe: it is guarded by its outbox.
 *
 * <p>From half the bound on, hints and offers are left out. Everything else is taken up to {@value #HARD} times the
 * bound. One frame may always wait, however large it is: else an attachment near the bound could never be sent.
 */
final class Backlog {
    /** Texts are joined up to this size, in bytes of UTF-8: many clients take no more than 1 MiB in a frame. */
    private static final int JOINED_BYTES = 64 * 1024;

    private static final int HARD = 4;
    /** Whoever has so many bytes waiting gets no more while the process has no memory left. */
    private static final int MUCH = 64 << 10;

    private final int bound;
    private final MemoryBudget budget;
    private final Deque<OutgoingFrame> frames = new ArrayDeque<>();

    private final Map<Object, OutgoingFrame> hints = new LinkedHashMap<>();
    private long bytes;

    /**
     * @param bound in bytes
     * @param budget where what waits is counted
     */
    Backlog(int bound, MemoryBudget budget) {
        this.bound = bound;
        this.budget = budget;
    }

    /** @return false, with nothing changed, where it would be too much by far */
    boolean add(OutgoingFrame frame) {
        return add(frame, (long) HARD * bound);
    }

    /** @return false, with nothing changed, where half of the bound would be passed */
    boolean offer(OutgoingFrame frame) {
        return add(frame, bound / 2);
    }

    private boolean add(OutgoingFrame frame, long most) {
        if (!frames.isEmpty() && (bytes + frame.size > most || bytes > MUCH && budget.isExhausted())) {
            return false;
        }
        frame.hold(budget);
        frames.add(frame);
        bytes += frame.size;
        return true;
    }

    /** @return false where there was no room */
    boolean hint(Object key, OutgoingFrame frame) {
        if (bytes + frame.size > bound / 2) {
            return false;
        }
        frame.hold(budget);
        OutgoingFrame old = hints.remove(key);
        hints.put(key, frame);
        bytes += frame.size;
        if (old != null) {
            bytes -= old.size;
            old.release(budget);
        }
        return true;
    }

    /** How much waits. */
    long bytes() {
        return bytes;
    }

    void clear() {
        frames.forEach(frame -> frame.release(budget));
        hints.values().forEach(frame -> frame.release(budget));
        frames.clear();
        hints.clear();
        bytes = 0;
    }

    /** Takes out the binary frame that is next, or null where that is none. The caller releases it when it has been sent. */
    OutgoingFrame nextBinary() {
        OutgoingFrame next = frames.peek();
        if (next == null || next.isText()) {
            return null;
        }
        frames.remove();
        bytes -= next.size;
        return next;
    }

    /**
     * Takes out the texts that can leave in one frame; none where none waits, or where a binary frame is next. The caller
     * releases them when they have been sent.
     */
    List<OutgoingFrame> nextTexts() {
        List<OutgoingFrame> run = new ArrayList<>();
        int size = 0;
        for (OutgoingFrame next = frames.peek();
                next != null && next.isText() && (run.isEmpty() || size + next.size <= JOINED_BYTES);
                next = frames.peek()) {
            run.add(next);
            size += next.size;
            frames.remove();
        }
        bytes -= size;
        if (frames.isEmpty() && !hints.isEmpty()) {
            hints.values().forEach(hint -> bytes -= hint.size);
            run.addAll(hints.values());
            hints.clear();
        }
        return run;
    }
}

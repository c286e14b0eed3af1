package dev.parley.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames that wait in an outbox, in their order, and after them the hints, only the newest for each key. Bounded in
 * bytes. Not thread-safe: its outbox guards it.
 *
 * <p>Offers and hints are rejected when half of the bound would be passed, all other frames when {@value #HARD} times
 * the bound would be passed. While the memory budget is exhausted, a connection with more than 64 KiB waiting gets no
 * more frames. If no frame waits, a frame of any size is accepted: otherwise an attachment near the bound could never
 * be sent.
 */
final class Backlog {
    /**
     * Texts and hints are joined into one frame up to this size, in bytes of UTF-8, because many clients accept at most 1
     * MiB in a frame. A single text may be larger.
     */
    private static final int JOINED_BYTES = 64 * 1024;

    private static final int HARD = 4;
    /** A connection with more bytes than this waiting gets no more while the memory budget is exhausted. */
    private static final int MUCH = 64 << 10;

    private final int bound;
    private final MemoryBudget budget;
    private final Deque<OutgoingFrame> frames = new ArrayDeque<>();

    private final Map<Object, OutgoingFrame> hints = new LinkedHashMap<>();
    private long bytes;

    /**
     * @param bound in bytes
     * @param budget counts the waiting frames
     */
    Backlog(int bound, MemoryBudget budget) {
        this.bound = bound;
        this.budget = budget;
    }

    /** @return false, and nothing is changed, if {@value #HARD} times the bound would be passed */
    boolean add(OutgoingFrame frame) {
        return add(frame, (long) HARD * bound);
    }

    /** @return false, and nothing is changed, if half of the bound would be passed */
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

    /** @return false, and nothing is changed, if half of the bound would be passed */
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

    /** Whether neither a frame nor a hint waits. */
    boolean isEmpty() {
        return frames.isEmpty() && hints.isEmpty();
    }

    /** The bytes that wait. */
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

    /** Removes the next frame if it is binary; else returns null. The caller releases the frame after it is sent. */
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
     * Removes the next texts that fit into one frame; empty if none waits or a binary frame is next. The caller
     * releases them after they are sent.
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
        if (frames.isEmpty()) {
            addHints(run, size);
        }
        return run;
    }

    /** Removes the hints that still fit into a frame, the oldest first. */
    private void addHints(List<OutgoingFrame> run, int textBytes) {
        int size = textBytes;
        for (Iterator<OutgoingFrame> next = hints.values().iterator(); next.hasNext(); ) {
            OutgoingFrame hint = next.next();
            if (!run.isEmpty() && size + hint.size > JOINED_BYTES) {
                return;
            }
            run.add(hint);
            size += hint.size;
            bytes -= hint.size;
            next.remove();
        }
    }
}

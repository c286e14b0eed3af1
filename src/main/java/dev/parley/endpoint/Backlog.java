package dev.parley.endpoint;

import dev.parley.wire.EncodedText;
import java.nio.ByteBuffer;
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

    private final int bound;
    /** {@link EncodedText}s and {@link ByteBuffer}s. */
    private final Deque<Object> frames = new ArrayDeque<>();

    private final Map<Object, EncodedText> hints = new LinkedHashMap<>();
    private long bytes;

    /** @param bound in bytes */
    Backlog(int bound) {
        this.bound = bound;
    }

    /** @return false, with nothing changed, where it would be too much by far */
    boolean add(Object frame, int size) {
        return add(frame, size, (long) HARD * bound);
    }

    /** @return false, with nothing changed, where half of the bound would be passed */
    boolean offer(Object frame, int size) {
        return add(frame, size, bound / 2);
    }

    private boolean add(Object frame, int size, long most) {
        if (bytes + size > most && !frames.isEmpty()) {
            return false;
        }
        frames.add(frame);
        bytes += size;
        return true;
    }

    /** @return false where there was no room */
    boolean hint(Object key, EncodedText text) {
        if (bytes + text.bytes() > bound / 2) {
            return false;
        }
        EncodedText old = hints.remove(key);
        hints.put(key, text);
        bytes += text.bytes() - (old == null ? 0 : old.bytes());
        return true;
    }

    /** How much waits. */
    long bytes() {
        return bytes;
    }

    void clear() {
        frames.clear();
        hints.clear();
        bytes = 0;
    }

    /** Takes out the binary frame that is next, or null where that is none. */
    ByteBuffer nextBinary() {
        if (!(frames.peek() instanceof ByteBuffer binary)) {
            return null;
        }
        frames.remove();
        bytes -= binary.remaining();
        return binary;
    }

    /** Takes out the texts that can leave in one frame; none where none waits, or where a binary frame is next. */
    List<EncodedText> nextTexts() {
        List<EncodedText> run = new ArrayList<>();
        int size = 0;
        while (frames.peek() instanceof EncodedText text && (run.isEmpty() || size + text.bytes() <= JOINED_BYTES)) {
            run.add(text);
            size += text.bytes();
            frames.remove();
        }
        bytes -= size;
        if (frames.isEmpty() && !hints.isEmpty()) {
            hints.values().forEach(hint -> bytes -= hint.bytes());
            run.addAll(hints.values());
            hints.clear();
        }
        return run;
    }
}

package dev.parley.outbox;

import dev.parley.wire.EncodedText;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Joins several texts into one frame, and remembers the last few frames. The outboxes of a room's members mostly have
 * the same texts waiting, and one loop flushes them one after the other. The senders among them also have a
 * {@code said} waiting, and members may differ in their sub-protocol, so more than one frame is remembered. Confined to that loop.
 */
final class FrameCoalescer {
    private static final int REMEMBERED = 8;
    /** A single text with more bytes than this is remembered only if other connections wait for it too. */
    private static final int LARGE = 64 << 10;

    private final Joined[] joined = new Joined[REMEMBERED];
    private int oldest;

    private static final class Joined {
        final List<OutgoingFrame> texts;
        String frame;
        ByteBuffer bytes;

        Joined(List<OutgoingFrame> texts) {
            this.texts = texts;
        }
    }

    /** The payload of a text frame. */
    String text(List<OutgoingFrame> run) {
        if (run.size() == 1) {
            return run.get(0).text.frame();
        }
        Joined known = joined(run);
        if (known.frame == null) {
            known.frame = EncodedText.frame(texts(run));
        }
        return known.frame;
    }

    /** A whole text frame with its header, in a buffer of its own for each call. */
    ByteBuffer bytes(List<OutgoingFrame> run) {
        if (isLarge(run)) {
            return EncodedText.bytes(texts(run));
        }
        Joined known = joined(run);
        if (known.bytes == null) {
            known.bytes = EncodedText.bytes(texts(run));
        }
        return known.bytes.duplicate();
    }

    /** Whether it is large and sent to only one connection, as a page is. */
    private static boolean isLarge(List<OutgoingFrame> run) {
        return run.size() == 1 && run.get(0).size > LARGE && !run.get(0).isShared();
    }

    private static List<EncodedText> texts(List<OutgoingFrame> run) {
        return run.stream().map(frame -> frame.text).toList();
    }

    private Joined joined(List<OutgoingFrame> run) {
        for (Joined known : joined) {
            if (known != null && same(run, known.texts)) {
                return known;
            }
        }
        Joined fresh = new Joined(run);
        joined[oldest] = fresh;
        oldest = (oldest + 1) % REMEMBERED;
        return fresh;
    }

    private static boolean same(List<OutgoingFrame> a, List<OutgoingFrame> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return true;
    }
}

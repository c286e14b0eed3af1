package dev.parley.outbox;

import dev.parley.wire.EncodedText;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes one frame of several texts, and remembers the last few: the members of a room mostly have the same texts waiting,
 * one after the other, on the same loop, and between them stand those who are also told that what they said is stored.
 * Confined to that loop.
 */
final class FrameCoalescer {
    private static final int REMEMBERED = 4;
    /** From so many bytes on, a single text is not remembered. */
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

    /** The content of a text frame. */
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

    /** A whole text frame, as it goes over the wire; for one reader. */
    ByteBuffer bytes(List<OutgoingFrame> run) {
        if (run.size() == 1 && run.get(0).size > LARGE) {
            // A page, which nobody else gets.
            return EncodedText.bytes(texts(run));
        }
        Joined known = joined(run);
        if (known.bytes == null) {
            known.bytes = EncodedText.bytes(texts(run));
        }
        return known.bytes.duplicate();
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

package dev.parley.endpoint;

import dev.parley.wire.EncodedText;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes one frame of several texts, and remembers the last one: the members of a room mostly have the same texts
 * waiting, one after the other, on the same loop. Confined to that loop.
 */
final class Joiner {
    private List<EncodedText> texts = List.of();
    private String frame;
    private ByteBuffer bytes;

    /** The content of a text frame. */
    String text(List<EncodedText> run) {
        if (run.size() == 1) {
            return run.get(0).frame();
        }
        remember(run);
        if (frame == null) {
            frame = EncodedText.frame(run);
        }
        return frame;
    }

    /** A whole text frame, as it goes over the wire; for one reader. */
    ByteBuffer bytes(List<EncodedText> run) {
        remember(run);
        if (bytes == null) {
            bytes = EncodedText.bytes(run);
        }
        return bytes.duplicate();
    }

    private void remember(List<EncodedText> run) {
        if (!same(run, texts)) {
            texts = run;
            frame = null;
            bytes = null;
        }
    }

    private static boolean same(List<EncodedText> a, List<EncodedText> b) {
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

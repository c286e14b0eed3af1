package dev.parley.endpoint;

import dev.parley.wire.EncodedText;
import java.util.List;

/**
 * Makes one frame of several texts, and remembers the last one: the members of a room mostly have the same texts
 * waiting, one after the other, on the same loop. Confined to that loop.
 */
final class Joiner {
    private List<EncodedText> texts = List.of();
    private String frame = "";

    String join(List<EncodedText> run) {
        if (run.size() == 1) {
            return run.get(0).frame();
        }
        if (!same(run, texts)) {
            frame = EncodedText.frame(run);
            texts = run;
        }
        return frame;
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

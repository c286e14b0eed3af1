package dev.parley.endpoint;

import java.nio.charset.StandardCharsets;

/** What peers read about what moderators did. Stateless. */
final class Reasons {
    /** RFC 6455 section 5.5: a control frame has at most 125 bytes, two of them the code. */
    private static final int MOST_CLOSE_BYTES = 123;

    private Reasons() {}

    /** @param reason of the moderator; or null */
    static String sentence(String what, String reason) {
        return reason == null ? what : what + ": " + reason;
    }

    /** As much of a sentence as a close frame can carry. */
    static String shortened(String sentence) {
        String shorter = sentence;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > MOST_CLOSE_BYTES) {
            // A surrogate pair is not split.
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }
}

package dev.parley.wire;

import java.util.regex.Pattern;

/**
 * Decides whether a text frame is JSON or a plain line. Pure functions, thread-safe.
 *
 * <p>A frame that a client meant as JSON must never become a line: a line is published in a room, and a {@code hello}
 * contains a secret. RFC 8259 section 2 allows white space around JSON, and section 8.1 allows a parser to ignore a
 * byte order mark. Serializers and terminals write other characters before the JSON: zero-width characters, no-break
 * spaces, the record separator of RFC 7464. All of them are invisible, so all of them are skipped.
 */
final class TextFrame {
    /** Matches also inside a JSON string, where quotes are escaped. */
    private static final Pattern HELLO = Pattern.compile("[\"']type\\\\*[\"']\\s*:\\s*\\\\*[\"']hello\\\\*[\"']");

    private TextFrame() {}

    /** Whether this text has only invisible characters. */
    static boolean isBlank(String frame) {
        return start(frame) == frame.length();
    }

    /** Whether the first visible character begins a JSON object or array. */
    static boolean isJson(String frame) {
        int start = start(frame);
        return start < frame.length() && (frame.charAt(start) == '{' || frame.charAt(start) == '[');
    }

    /** The text without invisible characters at its start and end. */
    static String strip(String frame) {
        int start = start(frame);
        int end = frame.length();
        while (end > start && isInvisible(frame.charAt(end - 1))) {
            end--;
        }
        return frame.substring(start, end);
    }

    /** Whether a line contains a {@code hello}: after a prefix, or in a JSON string. */
    static boolean hasHello(String line) {
        return HELLO.matcher(line).find();
    }

    private static int start(String frame) {
        int start = 0;
        while (start < frame.length() && isInvisible(frame.charAt(start))) {
            start++;
        }
        return start;
    }

    /**
     * White space, control and format characters (Unicode's Z, Cc, Cf) of the BMP: programs put none from beyond the
     * BMP before JSON. U+0000 is not skipped, because it is an error everywhere in a frame.
     */
    private static boolean isInvisible(char c) {
        if (c == 0) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT -> true;
            default -> false;
        };
    }
}

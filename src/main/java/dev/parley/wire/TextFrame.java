package dev.parley.wire;

import java.util.regex.Pattern;

/**
 * Tells JSON from a plain line. Pure functions, thread-safe.
 *
 * <p>A frame that is meant as JSON must never be taken for a line: a line is published in a room, and a {@code hello}
 * has a secret in it. RFC 8259 section 2 allows white space around JSON, and section 8.1 allows to ignore a byte order
 * mark. Serializers and terminals put more in front: zero-width characters, no-break spaces, the record separator of
 * RFC 7464. No reader sees any of them, so all of them are skipped.
 */
final class TextFrame {
    /** Also inside of a JSON string, where quotes are escaped. */
    private static final Pattern HELLO = Pattern.compile("[\"']type\\\\*[\"']\\s*:\\s*\\\\*[\"']hello\\\\*[\"']");

    private TextFrame() {}

    /** Whether nothing in this text can be seen. */
    static boolean isBlank(String frame) {
        return start(frame) == frame.length();
    }

    /** Whether the first character that can be seen begins a JSON object or array. */
    static boolean isJson(String frame) {
        int start = start(frame);
        return start < frame.length() && (frame.charAt(start) == '{' || frame.charAt(start) == '[');
    }

    /** The text without what can't be seen in front of it and behind it. */
    static String strip(String frame) {
        int start = start(frame);
        int end = frame.length();
        while (end > start && isInvisible(frame.charAt(end - 1))) {
            end--;
        }
        return frame.substring(start, end);
    }

    /** Whether a hello stands in a line: behind some prefix, or in a JSON string. */
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
     * White space, controls and format characters (Unicode's Z, Cc, Cf), of the BMP: none beyond it is used in front of
     * JSON. U+0000 stays what it is everywhere here, an error.
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

package dev.parley.message;

import java.util.regex.Pattern;

/**
 * A client's mark on a request, echoed in the one reply: a text or a number, kept as it was written.
 *
 * @param text the characters of the text, or the digits of the number as they stood in the JSON
 * @param number whether it is to be written as a number
 */
public record Ref(String text, boolean number) {
    private static final int MAX_LENGTH = 64;
    /** RFC 8259 section 6. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    public Ref {
        if (text.length() > MAX_LENGTH) {
            throw ParleyException.badRequest("ref must have at most " + MAX_LENGTH + " characters");
        }
        Body.checkUnicode("ref", text);
        if (number && !NUMBER.matcher(text).matches()) {
            throw ParleyException.badRequest("ref must be a text or a number");
        }
    }

    public static Ref of(long number) {
        return new Ref(Long.toString(number), true);
    }

    public static Ref of(String text) {
        return new Ref(text, false);
    }
}

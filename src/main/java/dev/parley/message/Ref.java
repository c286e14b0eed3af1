package dev.parley.message;

import java.util.regex.Pattern;

/**
 * The mark that a client puts on a request, and that the server repeats in the reply: a text or a number. A number keeps
 * its digits.
 *
 * @param text the text, or the digits of the number in the JSON
 * @param number whether this is a number
 */
public record Ref(String text, boolean number) {
    private static final int MAX_LENGTH = 64;
    /** RFC 8259 section 6. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    public Ref {
        if (text.length() > MAX_LENGTH) {
            throw ParleyException.badRequest("ref must have at most " + MAX_LENGTH + " characters");
        }
        UnicodeText.check("ref", text);
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

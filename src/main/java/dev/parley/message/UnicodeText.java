package dev.parley.message;

/** Rules for texts that are sent and stored. Pure functions. */
public final class UnicodeText {
    private static final int MAX_WORD = 64;

    private UnicodeText() {}

    /** The bytes of a text in UTF-8. */
    static long utf8Length(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is two chars and four bytes.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /** Rejects a word that does not have 1 to 64 characters, or as {@link #check} does. */
    static void checkWord(String field, String word) {
        if (word.isEmpty() || word.length() > 2 * MAX_WORD || word.codePointCount(0, word.length()) > MAX_WORD) {
            throw ParleyException.badRequest(field + " must have 1 to " + MAX_WORD + " characters");
        }
        check(field, word);
    }

    /** Rejects a text with a lone surrogate or U+0000, which can't be sent or can't be stored. */
    public static void check(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ParleyException.badRequest(field + " must not contain U+0000");
            }
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c)
                    || i + 1 == text.length()
                    || !Character.isLowSurrogate(text.charAt(i + 1))) {
                throw ParleyException.badRequest(field + " must be Unicode: it has a lone surrogate");
            }
            i++;
        }
    }
}

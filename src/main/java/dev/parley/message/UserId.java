package dev.parley.message;

/** The rules for the ids of users. Pure functions. */
final class UserId {
    static final int MOST_CHARS = 255;
    static final int MOST_BYTES = 512;

    /** As {@link CallerId#RULES}. */
    static final String RULES = "must have 1 to " + MOST_CHARS + " characters, at most " + MOST_BYTES
            + " bytes in UTF-8, and no control characters";

    private UserId() {}

    /** As {@link CallerId#isValid}. */
    static boolean isValid(String id) {
        if (id.isBlank() || id.length() > MOST_CHARS) {
            return false;
        }
        int bytes = 0;
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            int c = id.codePointAt(i);
            if (Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return false;
            }
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
        }
        return bytes <= MOST_BYTES;
    }
}

package dev.parley.message;

/** What the names of rooms and of users have in common. */
final class Names {
    static final int MAX_LENGTH = 64;

    private Names() {}

    /**
     * Checks that a name has 1 to 64 characters (code points), each a letter, a digit, {@code .}, {@code _} or
     * {@code -}.
     */
    static String check(String what, String name) {
        // A character takes one or two chars: this bounds the walk below, whatever was sent.
        if (name.isEmpty()
                || name.length() > 2 * MAX_LENGTH
                || name.codePointCount(0, name.length()) > MAX_LENGTH
                || !name.codePoints().allMatch(Names::allowed)) {
            throw ParleyException.badRequest(
                    what + " must have 1 to " + MAX_LENGTH + " characters: letters, digits, '.', '_' or '-'");
        }
        return name;
    }

    static boolean allowed(int c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }
}

package dev.parley.message;

/**
 * A pattern for the names of rooms: like a name, but each {@code *} stands for any number of characters, also for none. {@code
 * support-*} matches {@code support-7}, and {@code *} matches every room but direct rooms, which no pattern matches. It has 1 to 64
 * characters. Upper and lower case differ. For any other text the constructor throws a {@link ParleyException} with {@link ErrorCode#BAD_REQUEST}. Immutable.
 */
public record RoomPattern(String value) {
    private static final char ANY = '*';

    /** The pattern {@code *}. */
    public static final RoomPattern EVERY = new RoomPattern("*");

    public RoomPattern {
        value = checked(value);
    }

    private static String checked(String pattern) {
        // A character takes one or two chars: this bounds the work below, whatever was sent.
        String normal = pattern.length() > 2 * Names.MAX_LENGTH ? "" : Names.normal(pattern);
        boolean good = !normal.isEmpty() && normal.codePointCount(0, normal.length()) <= Names.MAX_LENGTH;
        for (String piece : normal.split("\\*")) {
            good &= piece.isEmpty() || Names.isName(piece);
        }
        if (!good) {
            throw ParleyException.badRequest("a pattern for rooms must have 1 to " + Names.MAX_LENGTH
                    + " characters: letters with their marks, digits, '.', '_', '-' or '*'");
        }
        return normal;
    }

    /** Whether a room has a name of this form, and is no direct room. */
    public boolean matches(RoomName room) {
        return !room.isDirect() && matches(room.value());
    }

    /** Whether this pattern matches every room that the other one matches. */
    public boolean covers(RoomPattern other) {
        // Nothing but a star of this pattern takes a star of the other one.
        return matches(other.value);
    }

    /** The time is the product of both lengths at most, however many stars there are. */
    private boolean matches(String text) {
        int at = 0;
        int place = 0;
        int star = -1;
        int taken = 0;
        while (at < text.length()) {
            if (place < value.length() && value.charAt(place) == ANY) {
                star = place++;
                taken = at;
            } else if (place < value.length() && value.charAt(place) == text.charAt(at)) {
                place++;
                at++;
            } else if (star >= 0) {
                // The last star takes one more character.
                place = star + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        while (place < value.length() && value.charAt(place) == ANY) {
            place++;
        }
        return place == value.length();
    }

    @Override
    public String toString() {
        return value;
    }
}

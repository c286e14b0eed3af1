package dev.parley.message;

/**
 * The name of a user that others see: 1 to 64 letters with their marks, in NFC, digits, {@code .}, {@code _} or {@code -}.
 * For any other text the constructor throws a {@link ParleyException} with {@link ErrorCode#BAD_REQUEST}.
 */
public record UserName(String value) implements Comparable<UserName> {
    public UserName {
        value = Names.check("a user's name", value);
    }

    /**
     * The name that a user chooses. It has at least one letter or digit, and no invisible characters. It has joiners only at
     * places that RFC 5892 appendix A allows, and mixes scripts only as UTS 39 section 5.2 ("highly restrictive") allows.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for any other text
     */
    public static UserName chosen(String text) {
        UserName name = new UserName(text);
        Names.checkChosen("a user's name", name.value);
        return name;
    }

    /** A name that is similar to {@code text}: each character that a name can't have becomes {@code _}, and the end is cut. */
    public static UserName near(String text) {
        StringBuilder name = new StringBuilder();
        int before = '_';
        for (int c : Names.normal(text).codePoints().limit(Names.MAX_LENGTH).toArray()) {
            before = Names.allowed(before, c) && !Joiners.isJoiner(c) ? c : '_';
            name.appendCodePoint(before);
        }
        return new UserName(name.isEmpty() ? "_" : name.toString());
    }

    /** This name with a number at its end ({@code ann-2}). The name is shortened if the result would be too long. */
    public UserName numbered(int number) {
        String suffix = "-" + number;
        int length = value.codePointCount(0, value.length());
        int keep = Math.min(length, Names.MAX_LENGTH - suffix.length());
        int end = value.offsetByCodePoints(0, keep);
        // A joiner must not be last: the letter that it joins is cut off.
        return new UserName(value.substring(0, Joiners.isJoiner(value.codePointBefore(end)) ? end - 1 : end) + suffix);
    }

    @Override
    public int compareTo(UserName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

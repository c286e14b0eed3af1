package dev.parley.message;

/**
 * The name under which a user is shown: 1 to 64 letters with their marks, in NFC, digits, {@code .}, {@code _} or {@code -}.
 * For any other text the constructor throws a {@link ParleyException} with {@link ErrorCode#BAD_REQUEST}.
 */
public record UserName(String value) implements Comparable<UserName> {
    public UserName {
        value = Names.check("a user's name", value);
    }

    /**
     * The name that a user chooses. Beyond what every name is, it has a letter or a digit, nothing that shows as nothing,
     * joiners only where RFC 5892 appendix A allows them, and scripts only in the mixtures that UTS 39 section 5.2 calls
     * highly restrictive.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for any other text
     */
    public static UserName chosen(String text) {
        UserName name = new UserName(text);
        Names.checkChosen("a user's name", name.value);
        return name;
    }

    /** The name nearest to {@code text}: what a name can't contain becomes {@code _}, what is too long is cut. */
    public static UserName near(String text) {
        StringBuilder name = new StringBuilder();
        int before = '_';
        for (int c : Names.normal(text).codePoints().limit(Names.MAX_LENGTH).toArray()) {
            before = Names.allowed(before, c) && !Joiners.isJoiner(c) ? c : '_';
            name.appendCodePoint(before);
        }
        return new UserName(name.isEmpty() ? "_" : name.toString());
    }

    /** This name with a number behind it ({@code ann-2}), shortened where it would grow past its limit. */
    public UserName numbered(int number) {
        String suffix = "-" + number;
        int length = value.codePointCount(0, value.length());
        int keep = Math.min(length, Names.MAX_LENGTH - suffix.length());
        int end = value.offsetByCodePoints(0, keep);
        // A joiner joins nothing where its letter is cut off.
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

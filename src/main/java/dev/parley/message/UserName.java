package dev.parley.message;

/**
 * The name under which a user is shown: 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}.
 *
 * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for any other text
 */
public record UserName(String value) implements Comparable<UserName> {
    public UserName {
        Names.check("a user's name", value);
    }

    /** The name nearest to {@code text}: what a name can't contain becomes {@code _}, what is too long is cut. */
    public static UserName near(String text) {
        StringBuilder name = new StringBuilder();
        text.codePoints().limit(Names.MAX_LENGTH).forEach(c -> name.appendCodePoint(Names.allowed(c) ? c : '_'));
        return new UserName(name.isEmpty() ? "_" : name.toString());
    }

    /** This name with a number behind it ({@code ann-2}), shortened where it would grow past its limit. */
    public UserName numbered(int number) {
        String suffix = "-" + number;
        int length = value.codePointCount(0, value.length());
        int keep = Math.min(length, Names.MAX_LENGTH - suffix.length());
        return new UserName(value.substring(0, value.offsetByCodePoints(0, keep)) + suffix);
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

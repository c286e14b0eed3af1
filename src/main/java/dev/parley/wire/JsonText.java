package dev.parley.wire;

import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes JSON objects without spaces into one buffer that grows. Not thread-safe.
 *
 * <p>It replaces JSON-P's generator, because a chat server spends most of its time on encoding. A field whose value is
 * null is not written.
 */
final class JsonText {
    private static final String HEX = "0123456789abcdef";
    private static final int LONGEST_ESCAPE = 6;

    private char[] chars;
    private int length;

    JsonText(int capacity) {
        chars = new char[capacity];
    }

    /** Begins an object with the field {@code type}. */
    JsonText begin(String type) {
        return raw('{').field("type", type);
    }

    JsonText end() {
        return raw('}');
    }

    /** Writes a structural character unchanged. */
    JsonText raw(char structure) {
        room(1);
        chars[length++] = structure;
        return this;
    }

    /** Writes a comma, unless a name or a value can stand here without one: at the beginning, after an opening bracket or a colon. */
    JsonText next() {
        char last = length == 0 ? ':' : chars[length - 1];
        return last == '{' || last == '[' || last == ':' ? this : raw(',');
    }

    /** Writes the name of a field, which must not need escapes. The caller writes the value next. */
    JsonText name(String name) {
        return next().raw('"').literal(name).raw('"').raw(':');
    }

    JsonText field(String name, String value) {
        return value == null ? this : name(name).string(value);
    }

    JsonText field(String name, RoomName value) {
        return value == null ? this : field(name, value.value());
    }

    JsonText field(String name, UserName value) {
        return value == null ? this : field(name, value.value());
    }

    /** Writes the constant's name in lower case. */
    JsonText field(String name, Enum<?> value) {
        return field(name, value.name().toLowerCase(Locale.ROOT));
    }

    JsonText field(String name, List<String> values) {
        name(name).raw('[');
        values.forEach(value -> next().string(value));
        return raw(']');
    }

    JsonText field(String name, long value) {
        return name(name).literal(Long.toString(value));
    }

    JsonText field(String name, Long value) {
        return value == null ? this : field(name, value.longValue());
    }

    JsonText field(String name, boolean value) {
        return name(name).literal(value ? "true" : "false");
    }

    /** Writes a time in whole milliseconds; smaller parts are cut off. */
    JsonText field(String name, Instant value) {
        return name(name).raw('"').literal(Timestamps.format(value)).raw('"');
    }

    JsonText ref(Ref ref) {
        if (ref == null) {
            return this;
        }
        name("ref");
        return ref.number() ? literal(ref.text()) : string(ref.text());
    }

    JsonText string(String value) {
        raw('"');
        int written = 0;
        for (int i = special(value, 0); i < value.length(); i = special(value, written)) {
            literal(value, written, i);
            escape(value.charAt(i));
            written = i + 1;
        }
        return literal(value, written, value.length()).raw('"');
    }

    /** The length in UTF-8, in bytes. */
    int utf8Length() {
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            if (c >= 0x80) {
                // A surrogate pair has four bytes, two for each half. Lone halves do not occur here.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }

    /** Writes a value that is JSON already, or a part of one. */
    JsonText literal(String value) {
        return literal(value, 0, value.length());
    }

    private JsonText literal(String value, int from, int to) {
        room(to - from);
        value.getChars(from, to, chars, length);
        length += to - from;
        return this;
    }

    /**
     * The index of the first character at or after {@code from} that must be escaped; the length of the text if there
     * is none.
     */
    private static int special(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return i;
            }
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return value.length();
    }

    private void escape(char c) {
        room(LONGEST_ESCAPE);
        chars[length++] = '\\';
        switch (c) {
            case '"', '\\' -> chars[length++] = c;
            case '\n' -> chars[length++] = 'n';
            case '\r' -> chars[length++] = 'r';
            case '\t' -> chars[length++] = 't';
            // A lone surrogate too: UTF-8 cannot encode it (RFC 3629 section 3).
            default -> {
                chars[length++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    chars[length++] = HEX.charAt(c >> shift & 15);
                }
            }
        }
    }

    private void room(int more) {
        if (length + more > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(2 * chars.length, length + more));
        }
    }
}

package dev.parley.wire;

import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields of one JSON object, each returned as the type that a message needs. Not thread-safe: a
 * {@link FieldsReader} fills it, and the same thread reads it.
 *
 * <p>A field that is {@code null} counts as absent. A required field that is absent, and a field of another type or out
 * of range, is rejected with {@code badRequest} and a sentence that names the field.
 */
final class Fields {
    /** Every number with this many digits fits into a long. */
    private static final int MAX_DIGITS = 18;

    private final Map<String, Object> values = new HashMap<>();
    private String duplicate;
    private Ref ref;

    /** A number as it is written in the JSON. */
    record Digits(String literal) {}

    /** An object or an array, in JSON. */
    record Json(String text) {}

    /** Values that are not kept: only their presence counts. */
    enum Special {
        NULL,
        NESTED
    }

    void add(String name, Object value) {
        if (values.putIfAbsent(name, value) != null) {
            duplicate = name;
        }
    }

    /**
     * Rejects an object that has a field twice, because JSON readers differ in which of the two they use (RFC 7493
     * section 2.3).
     */
    Fields unambiguous() {
        if (duplicate != null) {
            throw ParleyException.badRequest(duplicate + " must not be given twice");
        }
        return this;
    }

    boolean has(String name) {
        return value(name) != null;
    }

    String string(String name) {
        Object value = value(name);
        return value == null ? null : as(String.class, name, value, "a string");
    }

    /** A field of any type in JSON, also if it is null. The field must be one that {@link FieldsReader} keeps so. */
    String requiredJson(String name) {
        Object value = required(name, values.get(name));
        if (value instanceof String string) {
            return new JsonText(string.length() + 2).string(string).toString();
        }
        if (value instanceof Digits digits) {
            return digits.literal();
        }
        return value == Special.NULL ? "null" : value instanceof Json json ? json.text() : value.toString();
    }

    String requiredString(String name) {
        return required(name, string(name));
    }

    boolean requiredBoolean(String name) {
        return as(Boolean.class, name, required(name, value(name)), "true or false");
    }

    Long integer(String name) {
        Object value = value(name);
        return value == null ? null : integer(name, value);
    }

    long requiredInteger(String name) {
        return required(name, integer(name));
    }

    /** Like {@link #requiredInt}, but returns {@code absent} if the field is absent. */
    int integer(String name, int absent) {
        return has(name) ? requiredInt(name) : absent;
    }

    /** A number that does not fit into an int becomes the nearest int. That one is out of every allowed range too. */
    int requiredInt(String name) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, requiredInteger(name)));
    }

    /** The {@code ref} of a request or its reply, checked once; or null. */
    Ref ref() {
        Object value = value("ref");
        if (ref == null && value != null) {
            ref = value instanceof Digits digits
                    ? new Ref(digits.literal(), true)
                    : Ref.of(as(String.class, "ref", value, "a string or a number"));
        }
        return ref;
    }

    Instant requiredTime(String name) {
        return Timestamps.parse(name, requiredString(name));
    }

    RoomName room() {
        String room = string("room");
        return room == null ? null : RoomName.ofPeer(room);
    }

    RoomName requiredRoom() {
        return required("room", room());
    }

    UserName user(String name) {
        String user = string(name);
        return user == null ? null : new UserName(user);
    }

    UserName requiredUser(String name) {
        return required(name, user(name));
    }

    /** An object as the value of a field, or null. */
    Fields object(String name) {
        Object value = value(name);
        return value == null ? null : object(name, value);
    }

    List<Fields> requiredObjects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : requiredList(name)) {
            objects.add(object(name, element));
        }
        return objects;
    }

    List<UserName> requiredUsers(String name) {
        return requiredStrings(name).stream().map(UserName::new).toList();
    }

    List<String> requiredStrings(String name) {
        List<String> strings = new ArrayList<>();
        for (Object element : requiredList(name)) {
            strings.add(as(String.class, name, element, "a list of strings"));
        }
        return strings;
    }

    /** All fields of an object that is a map of objects. */
    Map<String, Fields> objects() {
        Map<String, Fields> objects = new TreeMap<>();
        values.forEach((name, value) -> objects.put(name, object(name, value)));
        return objects;
    }

    /** All fields of an object that is a map of numbers. */
    Map<String, Long> integers() {
        Map<String, Long> integers = new TreeMap<>();
        values.forEach((name, value) -> integers.put(name, integer(name, value)));
        return integers;
    }

    static <T> T required(String name, T value) {
        if (value == null) {
            throw ParleyException.badRequest(name + " is missing");
        }
        return value;
    }

    private Object value(String name) {
        Object value = values.get(name);
        return value == Special.NULL ? null : value;
    }

    private List<?> requiredList(String name) {
        return as(List.class, name, required(name, value(name)), "a list");
    }

    private static Fields object(String name, Object value) {
        return as(Fields.class, name, value, "an object").unambiguous();
    }

    private static long integer(String name, Object value) {
        String kind = "a whole number of at most " + MAX_DIGITS + " digits";
        String literal = as(Digits.class, name, value, kind).literal();
        int first = literal.startsWith("-") ? 1 : 0;
        int digits = literal.length() - first;
        if (digits < 1 || digits > MAX_DIGITS || !literal.chars().skip(first).allMatch(c -> c >= '0' && c <= '9')) {
            throw ParleyException.badRequest(name + " must be " + kind);
        }
        return Long.parseLong(literal);
    }

    private static <T> T as(Class<T> type, String name, Object value, String kind) {
        if (!type.isInstance(value)) {
            throw ParleyException.badRequest(name + " must be " + kind);
        }
        return type.cast(value);
    }
}

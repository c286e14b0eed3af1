package dev.parley.message;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Modifier;
import java.util.Optional;

/**
 * Converts objects to JSON and back with JSON-B, which containers have. Thread-safe.
 *
 * <p>JSON-B is optional: no other class names its types, so without it only the methods here fail.
 */
final class JsonBinding {
    /** Made at the first use, because that is expensive. JSON-B specifies that it is thread-safe. Null if JSON-B was not found so far. */
    private static volatile Jsonb found;

    private JsonBinding() {}

    /** @throws ParleyException with {@code badRequest} if the class has no name */
    static String kindOf(Class<?> type) {
        if (type.getSimpleName().isEmpty()) {
            throw ParleyException.badRequest(
                    "a class without a name can't be the kind: name the kind, with Body.Data.of(kind, value)");
        }
        return type.getSimpleName();
    }

    static String write(Object value) {
        Jsonb jsonb = find();
        try {
            return jsonb.toJson(value);
        } catch (RuntimeException e) {
            throw failed("write " + (value == null ? "null" : value.getClass().getName()), e);
        }
    }

    /** @param kind decides which of the types that a sealed type permits is read */
    static <T> T read(String kind, String json, Class<T> type) {
        Class<? extends T> exact = type.isSealed()
                ? typeOf(type, kind)
                        .orElseThrow(() -> ParleyException.badRequest(
                                type.getName() + " permits no type of the kind '" + kind + "'"))
                : type;
        Jsonb jsonb = find();
        try {
            return jsonb.fromJson(json, exact);
        } catch (RuntimeException e) {
            throw failed("read " + exact.getName(), e);
        }
    }

    /** The type of this kind: the type itself, or one that it permits; empty if there is none. */
    static <T> Optional<Class<? extends T>> typeOf(Class<T> type, String kind) {
        // A sealed interface is no type of a value.
        boolean isValue = !type.isSealed() || !Modifier.isAbstract(type.getModifiers());
        if (isValue && type.getSimpleName().equals(kind)) {
            return Optional.of(type);
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                Class<? extends T> part = permitted.asSubclass(type);
                Optional<Class<? extends T>> inside = typeOf(part, kind).map(exact -> exact);
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    /** @param why an exception of JSON-B, or of the application's own class */
    private static ParleyException failed(String what, RuntimeException why) {
        return new ParleyException(ErrorCode.BAD_REQUEST, "JSON-B can't " + what + ": " + why.getMessage(), why);
    }

    /** Only here may JSON-B be missing. A function that has one of its types can't even be linked without it. */
    private static Jsonb find() {
        Jsonb known = found;
        if (known != null) {
            return known;
        }
        try {
            Jsonb made = JsonbBuilder.create();
            found = made;
            return made;
        } catch (LinkageError | RuntimeException e) {
            throw new ParleyException(
                    ErrorCode.BAD_REQUEST,
                    "objects need JSON-B, which is missing: add org.eclipse:yasson, or use Body.Data with JSON as a text",
                    e);
        }
    }
}

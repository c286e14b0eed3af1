package dev.parley.wire;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The message types that one side sends. Immutable, thread-safe. */
final class MessageTable<M> {
    private final Map<String, MessageType<? extends M>> byName;
    private final Map<Class<?>, MessageType<? extends M>> byRecord;

    MessageTable(List<MessageType<? extends M>> types) {
        byName = types.stream().collect(Collectors.toUnmodifiableMap(MessageType::name, Function.identity()));
        byRecord = types.stream().collect(Collectors.toUnmodifiableMap(MessageType::record, Function.identity()));
    }

    /** The names of the types, by their records. */
    Map<Class<?>, String> names() {
        return byRecord.values().stream().collect(Collectors.toUnmodifiableMap(MessageType::record, MessageType::name));
    }

    /** The names of all fields that a reader of these messages must keep. */
    Set<String> fields() {
        return Stream.concat(Stream.of("type", "ref"), byName.values().stream().flatMap(type -> type.fields().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Makes the message from its fields.
     *
     * @throws ParleyException with {@code unknownType} if no row has the name in {@code type}, with {@code badRequest}
     *     if a field is missing or wrong
     */
    M read(Fields fields) {
        MessageType<? extends M> type = byName.get(fields.requiredString("type"));
        if (type == null) {
            throw new ParleyException(ErrorCode.UNKNOWN_TYPE, "there is no message of this type");
        }
        return type.read().apply(fields);
    }

    /** Whether {@link #read} finds a row for these fields. */
    boolean knows(Fields fields) {
        return byName.containsKey(fields.requiredString("type"));
    }

    /** @throws ParleyException with {@code badRequest} for a message without a row: a plain line, an invalid message */
    void write(M message, JsonText json) {
        MessageType<? extends M> type = byRecord.get(message.getClass());
        if (type == null) {
            throw ParleyException.badRequest("a plain line or an invalid message has no JSON");
        }
        type.write(message, json);
    }
}

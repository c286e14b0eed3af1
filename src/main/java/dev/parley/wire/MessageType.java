package dev.parley.wire;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One type of message: a row of a {@link MessageTable}. Immutable, thread-safe.
 *
 * @param name the value of the field {@code type}
 * @param record the class of such messages
 * @param read makes a message from its fields; throws a {@link dev.parley.message.ParleyException} with
 *     {@code badRequest} if a field is missing or wrong
 * @param write writes the fields of a message, without {@code type}
 * @param fields the names of the fields that are read in addition to {@code type} and {@code ref}. The reader of a
 *     client's messages keeps no other fields
 */
record MessageType<M>(
        String name, Class<M> record, Function<Fields, M> read, BiConsumer<M, JsonText> write, Set<String> fields) {

    /** The fields are named after the components of the record; a body has fields of its own. */
    static <M> MessageType<M> of(
            String name, Class<M> record, Function<Fields, M> read, BiConsumer<M, JsonText> write) {
        Set<String> fields = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .flatMap(field -> field.equals("body") ? SayJson.BODY.stream() : Stream.of(field))
                .collect(Collectors.toUnmodifiableSet());
        return new MessageType<>(name, record, read, write, fields);
    }

    /** Writes a message of this type as a JSON object. */
    void write(Object message, JsonText json) {
        json.begin(name);
        write.accept(record.cast(message), json);
        json.end();
    }
}

package dev.parley.log.jdbc;

import dev.parley.message.Body;
import java.nio.ByteBuffer;

/** The columns of a body in a row of the database; a column that its kind does not use is null. */
public record BodyColumns(String text, String media, String name, ByteBuffer content) {
    /** The columns of this body. */
    public static BodyColumns of(Body body) {
        return body.match(
                null,
                (none, text) -> new BodyColumns(text.value(), null, null, null),
                (none, attachment) ->
                        new BodyColumns(null, attachment.media(), attachment.name(), attachment.content()),
                (none, reference) -> {
                    throw new IllegalArgumentException("a reference has no bytes to store");
                });
    }
}

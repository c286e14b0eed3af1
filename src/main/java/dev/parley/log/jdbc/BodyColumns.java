package dev.parley.log.jdbc;

import dev.parley.message.Body;
import java.nio.ByteBuffer;

/** The columns of a body in a row of the database; a column that its form does not use is null. The text of data is its JSON. */
public record BodyColumns(String text, String kind, String media, String name, ByteBuffer content) {
    /** The columns of this body. */
    public static BodyColumns of(Body body) {
        return body.match(
                null,
                (none, text) -> new BodyColumns(text.value(), null, null, null, null),
                (none, data) -> new BodyColumns(data.json(), data.kind(), null, null, null),
                (none, attachment) ->
                        new BodyColumns(null, null, attachment.media(), attachment.name(), attachment.content()),
                (none, reference) -> {
                    throw new IllegalArgumentException("a reference has no bytes to store");
                });
    }
}

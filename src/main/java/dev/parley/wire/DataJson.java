package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ParleyException;

/** Converts data, the values of applications, to JSON and back. Pure functions. */
final class DataJson {
    static final String FIELD = "data";
    static final String KIND = "kind";

    private DataJson() {}

    /** Writes the fields {@code kind} and {@code data}, as the data stands in its body. */
    static JsonText write(JsonText json, Body.Data data) {
        return json.field(KIND, data.kind()).name(FIELD).literal(data.json());
    }

    /** The data, or else the text, in the fields of a server's message without bytes. A server always names the kind of data. */
    static Body read(Fields fields) {
        return fields.has(KIND) ? data(fields) : text(fields);
    }

    /** The same for a message of a client, which has either data or a text, and need not name a kind. */
    static Body readClient(Fields fields) {
        if (!fields.has(KIND) && !fields.has(FIELD)) {
            return text(fields);
        }
        Body.Data data = data(fields);
        if (fields.has("text")) {
            throw ParleyException.badRequest("either text or data, not both");
        }
        return data;
    }

    private static Body.Text text(Fields fields) {
        return new Body.Text(fields.requiredString("text"));
    }

    private static Body.Data data(Fields fields) {
        String kind = fields.string(KIND);
        return new Body.Data(kind == null ? Body.Data.UNNAMED : kind, fields.requiredJson(FIELD));
    }
}

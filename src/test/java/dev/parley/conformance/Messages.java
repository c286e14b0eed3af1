package dev.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.testing.Frame;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The protocol's messages as JSON, and the frames that bear them. */
final class Messages {
    private Messages() {}

    static boolean is(JsonObject message, String type) {
        return type.equals(message.getString("type"));
    }

    static Map<String, Object> with(Map<String, ?> fields, String name, Object value) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put(name, value);
        return all;
    }

    /** A binary frame's payload, as protocol.md lays it out. */
    static byte[] binary(byte[] header, byte[] content) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(header.length >> 8);
        payload.write(header.length);
        payload.writeBytes(header);
        payload.writeBytes(content);
        return payload.toByteArray();
    }

    /** The messages in a frame. An attachment becomes the object that history has of it, marked {@code binary}. */
    static List<JsonObject> in(Frame frame) {
        if (frame.opcode() == Frame.BINARY) {
            return List.of(attachment(frame.payload()));
        }
        JsonStructure text = parse(frame.text());
        return text.getValueType() == JsonValue.ValueType.ARRAY
                ? text.asJsonArray().getValuesAs(JsonObject.class)
                : List.of(text.asJsonObject());
    }

    private static JsonObject attachment(byte[] payload) {
        int content = 2 + (ByteBuffer.wrap(payload).getShort() & 0xFFFF);
        JsonObject header = parse(new String(payload, 2, content - 2, UTF_8)).asJsonObject();
        return Json.createObjectBuilder(header)
                .add("data", Base64.getEncoder().encodeToString(Arrays.copyOfRange(payload, content, payload.length)))
                .add("binary", true)
                .build();
    }

    private static JsonStructure parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.read();
        }
    }
}

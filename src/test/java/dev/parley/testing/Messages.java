package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
import java.util.stream.Stream;

/** The protocol's messages as JSON, and the frames that bear them. */
public final class Messages {
    private Messages() {}

    public static boolean is(JsonObject message, String type) {
        return type.equals(message.getString("type"));
    }

    /** A message of this type, to which more fields can be added. */
    static JsonObjectBuilder builder(String type, Map<String, ?> fields) {
        return Json.createObjectBuilder(fields).add("type", type);
    }

    public static Map<String, Object> with(Map<String, ?> fields, String name, Object value) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put(name, value);
        return all;
    }

    /** The payload of a binary frame that says this content. */
    public static byte[] binary(JsonObject header, byte[] content) {
        return binary(header.toString().getBytes(UTF_8), content);
    }

    /** The payload of a binary frame that says a picture of so many bytes in a room. */
    public static byte[] picture(String room, int size) {
        JsonObject header =
                builder("say", Map.of("room", room, "media", "image/png")).build();
        return binary(header, new byte[size]);
    }

    /** A binary frame's payload, as protocol.md lays it out. */
    public static byte[] binary(byte[] header, byte[] content) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(header.length >> 8);
        payload.write(header.length);
        payload.writeBytes(header);
        payload.writeBytes(content);
        return payload.toByteArray();
    }

    /**
     * The messages in a frame. An attachment becomes the object that history has of it, marked {@code binary}. A run becomes its
     * entries, see {@link Runs}.
     *
     * @param runs whether the server has chosen {@code parley.v2}
     * @throws AssertionError if the frame has what only {@code parley.v2} has, and the server has not chosen that
     */
    public static List<JsonObject> in(Frame frame, boolean runs) {
        boolean isBinary = frame.opcode() == Frame.BINARY;
        if (isBinary && !isJson(frame.payload())) {
            return List.of(attachment(frame.payload()));
        }
        if (isBinary && !runs) {
            throw new AssertionError("JSON in a binary frame: " + frame.text());
        }
        JsonStructure text = parse(frame.text());
        List<JsonObject> messages = text.getValueType() == JsonValue.ValueType.ARRAY
                ? text.asJsonArray().getValuesAs(JsonObject.class)
                : List.of(text.asJsonObject());
        if (!runs && messages.stream().anyMatch(Runs::is)) {
            throw new AssertionError("a run: " + frame.text());
        }
        return messages.stream()
                .flatMap(message -> Runs.is(message) ? Runs.entries(message).stream() : Stream.of(message))
                .toList();
    }

    /** Only in {@code parley.v2}. The first byte of an attachment is that of a length, and smaller. */
    private static boolean isJson(byte[] payload) {
        return payload.length > 0 && (payload[0] == '{' || payload[0] == '[');
    }

    /** The entries of a page, which is a {@code joined} or a {@code history}. */
    public static List<JsonObject> entries(JsonObject page) {
        return page.getJsonArray("entries").getValuesAs(JsonObject.class);
    }

    public static long seq(JsonObject message) {
        return message.getJsonNumber("seq").longValue();
    }

    /** The places of entries in their room's log. */
    public static List<Long> seqs(List<JsonObject> entries) {
        return entries.stream().map(Messages::seq).toList();
    }

    public static List<String> texts(List<JsonObject> entries) {
        return entries.stream().map(entry -> entry.getString("text")).toList();
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

package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.message.ClientMessage;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Bends what clients say, at the level of bytes and at that of JSON. The same seed makes the same mutations. For one
 * thread.
 */
final class Mutator {
    /** What a field may be that it shouldn't, or only just. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0",
            "-1",
            "1.5",
            "1e999",
            "1e-999",
            "9223372036854775807",
            "9223372036854775808",
            "9".repeat(5_000),
            "\"\"",
            "\"x\"",
            "\"7\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\\u202e\\ufeff\\uffff\"",
            "\"😀\"",
            "\"" + "x".repeat(65) + "\"",
            "\"" + "x".repeat(5_000) + "\"",
            "[]",
            "{}",
            "[[]]",
            "{\"type\":\"leave\"}",
            "[".repeat(31) + "]".repeat(31),
            "[".repeat(200) + "]".repeat(200),
            "{\"a\":".repeat(100) + "1" + "}".repeat(100),
            "[",
            "}",
            "\"",
            "'x'",
            "NaN",
            "01",
            "\\");

    private static final List<String> NAMES = List.of(
            "type", "ref", "name", "token", "session", "room", "since", "epoch", "limit", "id", "text", "media",
            "before", "after", "seq", "kind", "data");
    private static final List<String> ENDS = List.of("x", "{}", "]", "}", ",", "\u0000", " ", "\n", "//", "[]");
    private static final int MANY_FIELDS = 300;
    /** All that have JSON, but for the one that ends the connection. */
    private static final List<Class<?>> TYPES = Records.of(ClientMessage.class)
            .filter(type -> !Set.<Class<?>>of(
                            ClientMessage.Line.class, ClientMessage.Invalid.class, ClientMessage.End.class)
                    .contains(type))
            .toList();

    private final Random random;
    private final String room;

    /** @param room where valid messages belong */
    Mutator(long seed, String room) {
        this.random = new Random(seed);
        this.room = room;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private record Field(String name, String value) {}

    private List<Field> fields() {
        return new ArrayList<>(
                switch (random.nextInt(10)) {
                    case 0 -> message("hello", "name", "\"fuzz\"", "session", "\"" + "A".repeat(22) + "\"");
                    case 1 -> message("join", "room", name(), "since", "0", "epoch", "\"e\"", "limit", "10");
                    case 2 -> message("join", "room", name(), "limit", "0");
                    case 3 -> message("leave", "room", name());
                    case 4 ->
                        message("say", "room", name(), "id", "\"m-" + random.nextInt(50) + "\"", "text", "\"hi\"");
                    case 5 ->
                        message("say", "room", name(), "kind", "\"Order\"", "data", "{\"id\":7,\"é\":[1.50,null,{}]}");
                    case 6 -> message("history", "room", name(), "before", "10", "limit", "5");
                    default -> message(any(TYPES));
                });
    }

    private String name() {
        return '"' + room + (oneIn(4) ? "-" + random.nextInt(5) : "") + '"';
    }

    private static List<Field> message(String type, String... more) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("type", '"' + type + '"'));
        fields.add(new Field("ref", "\"r\""));
        for (int i = 0; i < more.length; i += 2) {
            fields.add(new Field(more[i], more[i + 1]));
        }
        return fields;
    }

    /** A message of this type, with a value in each field. */
    private List<Field> message(Class<?> type) {
        List<Field> fields = message(type.getSimpleName().toLowerCase(Locale.ROOT));
        for (RecordComponent component : type.getRecordComponents()) {
            switch (component.getType().getSimpleName()) {
                case "Ref" -> {
                    // It is there already.
                }
                case "RoomName" -> fields.add(new Field(component.getName(), name()));
                case "Body" -> fields.add(new Field("text", "\"hi\""));
                case "boolean", "Boolean" -> fields.add(new Field(component.getName(), "true"));
                case "int", "long", "Integer", "Long" -> fields.add(new Field(component.getName(), "1"));
                default -> fields.add(new Field(component.getName(), "\"fuzz\""));
            }
        }
        return fields;
    }

    private static String json(List<Field> fields) {
        StringBuilder json = new StringBuilder("{");
        for (Field field : fields) {
            json.append(json.length() == 1 ? "" : ",")
                    .append('"')
                    .append(field.name)
                    .append("\":")
                    .append(field.value);
        }
        return json.append('}').toString();
    }

    /** A text that is a message, almost. */
    String text() {
        String text = oneIn(10) ? "just a line" : json();
        if (oneIn(8)) {
            text = "[" + text + "," + json(fields()) + (oneIn(3) ? "," : "") + "]";
        }
        if (oneIn(12)) {
            text += any(ENDS);
        }
        return text;
    }

    private String json() {
        List<Field> fields = fields();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            bend(fields);
        }
        return json(fields);
    }

    private void bend(List<Field> fields) {
        int at = random.nextInt(fields.size());
        Field field = fields.get(at);
        switch (random.nextInt(7)) {
            case 0 -> {
                if (fields.size() > 1) {
                    fields.remove(at);
                }
            }
            case 1 -> fields.add(field);
            case 2 -> fields.set(at, new Field(any(NAMES), field.value));
            case 3 -> fields.add(at, new Field(oneIn(4) ? "k".repeat(10_000) : "unknown", any(VALUES)));
            case 4 -> {
                for (int i = oneIn(10) ? MANY_FIELDS : 3; i > 0; i--) {
                    fields.add(new Field(any(NAMES) + i, any(VALUES)));
                }
            }
            default -> fields.set(at, new Field(field.name, any(VALUES)));
        }
    }

    /** The payload of a binary frame that says something, almost. */
    byte[] binary() {
        List<Field> fields = message("say", "room", name(), "media", "\"text/plain\"", "name", "\"n.txt\"");
        if (!oneIn(4)) {
            bend(fields);
        }
        byte[] header = json(fields).getBytes(UTF_8);
        byte[] payload = new byte[2 + header.length + random.nextInt(40)];
        random.nextBytes(payload);
        int length = oneIn(5) ? random.nextInt(1 << 16) : header.length;
        payload[0] = (byte) (length >> 8);
        payload[1] = (byte) length;
        System.arraycopy(header, 0, payload, 2, header.length);
        return payload;
    }

    /** The same with one to eight changes: bytes replaced, taken out, put in or repeated. */
    byte[] scramble(byte[] bytes) {
        byte[] bent = bytes;
        for (int times = 1 + random.nextInt(8); times > 0; times--) {
            bent = scrambleOnce(bent);
        }
        return bent;
    }

    private byte[] scrambleOnce(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] part = Arrays.copyOfRange(bytes, at, end);
        byte[] tail = Arrays.copyOfRange(bytes, end, bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> random.nextBytes(part);
            case 1 -> part = new byte[0];
            case 2 -> part = joined(part, part);
            case 3 -> {
                byte[] more = new byte[1 + random.nextInt(4)];
                random.nextBytes(more);
                part = joined(part, more);
            }
            default -> {
                for (int i = 0; i < part.length; i++) {
                    part[i] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return joined(joined(head, part), tail);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}

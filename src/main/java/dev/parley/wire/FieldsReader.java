package dev.parley.wire;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON token by token into {@link Fields}, within bounds that hold for every input. Immutable, thread-safe.
 *
 * <p>A value is one of {@link String}, {@link Fields.Digits}, {@link Boolean}, {@link Fields.Special} and, at the top
 * level, {@link Fields}. From a {@link #deep} reader, {@link Fields} and {@link List} may also be values of fields. An
 * object or array in the field {@value DataJson#FIELD} is {@link Fields.Json}.
 */
final class FieldsReader {
    /** The most levels to which the value of a field may nest. */
    static final int MAX_DEPTH = 32;

    /**
     * TomEE sets 8,192 characters as the most that Johnzon accepts for a string. Texts are bounded before they are parsed. Other
     * providers ignore this.
     */
    private static final Map<String, ?> BOUNDS =
            Map.of("org.apache.johnzon.max-string-length", 64 << 10, "org.apache.johnzon.auto-adjust-buffer", true);

    // The static methods of Json look up the provider through a ServiceLoader at each call.
    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(BOUNDS);

    /** The names of the fields that are kept, or null for all fields. */
    private final Set<String> known;

    private final boolean keepsNested;

    private FieldsReader(Set<String> known, boolean keepsNested) {
        this.known = known;
        this.keepsNested = keepsNested;
    }

    /**
     * Makes a reader for a client's messages, which can't be trusted: it keeps no unknown fields and no nested values.
     */
    static FieldsReader flat(Set<String> known) {
        return new FieldsReader(Set.copyOf(known), false);
    }

    /** Makes a reader for a server's messages: it keeps everything. */
    static FieldsReader deep() {
        return new FieldsReader(null, true);
    }

    /**
     * The single value in {@code json}, or, if that is an array, its elements.
     *
     * @param most the most elements that the array may have
     * @throws ParleyException with {@code badRequest} if the text is not JSON (RFC 8259) from its first to its last
     *     character or nests too deep, with {@code tooLarge} if it has more than {@code most} elements
     */
    List<Object> read(String json, int most) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(json))) {
            List<Object> values = values(parser, most);
            if (parser.hasNext()) {
                throw ParleyException.badRequest("the frame has more text after its JSON");
            }
            return values;
        } catch (ParleyException e) {
            throw e;
        } catch (RuntimeException e) {
            // JSON-P specifies JsonException and subclasses, but Parsson 1.1.9 also throws a plain RuntimeException.
            throw ParleyException.badRequest("the frame is not valid JSON");
        }
    }

    private List<Object> values(JsonParser parser, int most) {
        Event first = parser.next();
        if (first != Event.START_ARRAY) {
            return List.of(value(parser, first, 0));
        }
        List<Object> values = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (values.size() == most) {
                throw new ParleyException(ErrorCode.TOO_LARGE, "a frame carries at most " + most + " messages");
            }
            values.add(value(parser, event, 0));
        }
        return values;
    }

    private Object value(JsonParser parser, Event event, int depth) {
        return switch (event) {
            case VALUE_STRING -> parser.getString();
            // Only the literal: the number methods would build a BigDecimal of any length and exponent that a client
            // sent.
            case VALUE_NUMBER -> new Fields.Digits(parser.getString());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> Fields.Special.NULL;
            case START_OBJECT -> keepsNested || depth == 0 ? fields(parser, deeper(depth)) : skip(parser, depth);
            case START_ARRAY -> keepsNested ? list(parser, deeper(depth)) : skip(parser, depth);
            default -> throw ParleyException.badRequest("the frame is not valid JSON");
        };
    }

    private Fields fields(JsonParser parser, int depth) {
        Fields fields = new Fields();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            Event value = parser.next();
            if (name.equals(DataJson.FIELD) && (value == Event.START_OBJECT || value == Event.START_ARRAY)) {
                fields.add(name, new Fields.Json(json(parser, value, depth)));
            } else if (known == null || known.contains(name)) {
                fields.add(name, value(parser, value, depth));
            } else if (value == Event.START_OBJECT || value == Event.START_ARRAY) {
                skip(parser, depth);
            }
        }
        return fields;
    }

    private List<Object> list(JsonParser parser, int depth) {
        List<Object> list = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            list.add(value(parser, event, depth));
        }
        return list;
    }

    /** An array or object in JSON without spaces, read in a loop. Numbers stay as they are written. */
    private static String json(JsonParser parser, Event first, int outside) {
        JsonText json = new JsonText(256);
        int depth = outside;
        Event event = first;
        while (true) {
            switch (event) {
                case START_OBJECT, START_ARRAY -> {
                    depth = deeper(depth);
                    json.next().raw(event == Event.START_OBJECT ? '{' : '[');
                }
                case END_OBJECT, END_ARRAY -> {
                    json.raw(event == Event.END_OBJECT ? '}' : ']');
                    if (--depth == outside) {
                        return json.toString();
                    }
                }
                case KEY_NAME -> json.next().string(parser.getString()).raw(':');
                case VALUE_STRING -> json.next().string(parser.getString());
                case VALUE_NUMBER -> json.next().literal(parser.getString());
                case VALUE_TRUE -> json.next().literal("true");
                case VALUE_FALSE -> json.next().literal("false");
                case VALUE_NULL -> json.next().literal("null");
            }
            event = parser.next();
        }
    }

    /**
     * Skips the rest of an array or object, in a loop. The parser's own {@code skipObject} can't be used: in Parsson
     * 1.1.9 it does not check the skipped text, and it does not stop at the end of the text.
     */
    private static Fields.Special skip(JsonParser parser, int outside) {
        int depth = deeper(outside);
        while (depth > outside) {
            switch (parser.next()) {
                case START_OBJECT, START_ARRAY -> depth = deeper(depth);
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {}
            }
        }
        return Fields.Special.NESTED;
    }

    private static int deeper(int depth) {
        if (depth > MAX_DEPTH) {
            throw ParleyException.badRequest("the frame nests deeper than " + MAX_DEPTH + " levels");
        }
        return depth + 1;
    }
}

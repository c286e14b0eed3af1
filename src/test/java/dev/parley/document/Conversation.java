package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.RawClient;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A conversation as it stands in a document, played against a server: a line with {@code >} is sent, a line with
 * {@code <} must be what comes next. An ellipsis stands for any characters of a text, and {@code {…}} for any object.
 */
record Conversation(Markdown document, List<String> lines) {
    private static final String ANY = "…";

    void playAt(URI chat) {
        try (RawClient client = RawClient.open(chat)) {
            Deque<JsonObject> heard = new ArrayDeque<>();
            for (String line : lines) {
                String content = line.substring(1).strip();
                if (line.startsWith(">")) {
                    client.send(content);
                } else {
                    assertThat(line).startsWith("<");
                    messages(content).forEach(expected -> assertFits(expected, next(client, heard), line));
                }
            }
        }
    }

    private static JsonObject next(RawClient client, Deque<JsonObject> heard) {
        while (heard.isEmpty()) {
            Frame frame = client.readMessage().orElseThrow(() -> new AssertionError("the connection ended"));
            heard.addAll(Messages.in(frame, false));
        }
        return heard.remove();
    }

    private static List<JsonObject> messages(String frame) {
        String json = frame.replace("{" + ANY + "}", "\"" + ANY + "\"");
        try (var reader = Json.createReader(new StringReader(json))) {
            JsonStructure read = reader.read();
            return read instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of(read.asJsonObject());
        }
    }

    private static void assertFits(JsonValue expected, JsonValue heard, String line) {
        if (expected instanceof JsonString text) {
            if (!text.getString().equals(ANY)) {
                String pattern = Arrays.stream(text.getString().split(ANY, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
                assertThat(heard).as(line).isInstanceOf(JsonString.class);
                assertThat(((JsonString) heard).getString()).as(line).matches(pattern);
            }
        } else if (expected instanceof JsonObject object) {
            assertThat(heard).as(line).isInstanceOf(JsonObject.class);
            assertThat(heard.asJsonObject().keySet()).as(line).isEqualTo(object.keySet());
            object.forEach(
                    (name, value) -> assertFits(value, heard.asJsonObject().get(name), line));
        } else if (expected instanceof JsonArray array) {
            assertThat(heard).as(line).isInstanceOf(JsonArray.class);
            assertThat(heard.asJsonArray()).as(line).hasSameSizeAs(array);
            for (int i = 0; i < array.size(); i++) {
                assertFits(array.get(i), heard.asJsonArray().get(i), line);
            }
        } else {
            assertThat(heard).as(line).isEqualTo(expected);
        }
    }
}

package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.EncodedText;
import dev.parley.wire.MessageJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code protocol.md} says of {@code parley.v2} is what the code does. */
class SubprotocolDocumentTest {
    private static final Markdown PROTOCOL = Markdown.named("protocol.md");

    @Test
    void eachRunOfTheExamplesIsWhatTheServerWrites() {
        assertThat(runs()).isNotEmpty().allSatisfy(run -> {
            List<ServerMessage> entries = MessageJson.readServer(run);
            assertThat(entries).hasSizeGreaterThan(1).allMatch(Entry.class::isInstance);
            assertThat(EncodedText.ofRuns(entries).frame()).isEqualTo(run);
            assertThat(BinaryFrame.readServer(ByteBuffer.wrap(run.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(entries);
        });
    }

    @Test
    void theFieldsOfARunAreThoseOfItsExamplesAndNoOther() {
        Map<Boolean, Set<String>> fields = PROTOCOL.rowsBelow(null, "The sub-protocol `parley.v2`").stream()
                .flatMap(row -> Arrays.stream(row.get(0).replace("`", "").split(", ")))
                .collect(Collectors.partitioningBy(
                        field -> field.endsWith("?"),
                        Collectors.mapping(field -> field.replace("?", ""), Collectors.toSet())));

        assertThat(runs())
                .allSatisfy(run -> assertThat(Json.createObjectBuilder(object(run))
                                .remove("type")
                                .build()
                                .keySet())
                        .isEqualTo(fields.get(false)));
        assertThat(runs().flatMap(run -> object(run).getJsonArray("entries").getValuesAs(JsonObject.class).stream())
                        .flatMap(entry -> entry.keySet().stream())
                        .collect(Collectors.toSet()))
                .isEqualTo(fields.get(true));
    }

    private static Stream<String> runs() {
        return PROTOCOL.blocks().stream()
                .filter(block -> block.info().equals("json parley.v2"))
                .flatMap(block -> block.lines().stream());
    }

    private static JsonObject object(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}

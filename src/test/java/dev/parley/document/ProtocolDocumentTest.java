package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.EncodedText;
import dev.parley.wire.MessageJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code protocol.md} says what the code does: its examples, fields, error codes and close codes. */
class ProtocolDocumentTest {
    private static final Markdown PROTOCOL = Markdown.named("protocol.md");
    private static final String FROM_CLIENTS = "What a client sends";
    private static final String FROM_SERVERS = "What a server sends";
    /** What an entry says is a text or bytes, and which of the fields there are depends on that. */
    private static final Set<String> CONTENT = Set.of("text", "kind", "media", "name", "data", "size", "expired");
    /** What a decoder finds in a frame, and no field names. */
    private static final Set<Class<?>> NO_JSON = Set.of(ClientMessage.Line.class, ClientMessage.Invalid.class);

    @Test
    void eachExampleOfAClientIsAMessageOfTheTypeThatItStandsBelow() {
        assertThat(examples("json client")).isNotEmpty().allSatisfy(example -> {
            String type = example.type();
            String frame = example.frame();
            List<ClientMessage> messages = MessageJson.readClient(frame);
            assertThat(messages).hasSize(1).noneMatch(ClientMessage.Invalid.class::isInstance);
            assertThat(object(frame).getString("type")).isEqualTo(type);
            assertThat(MessageJson.readClient(MessageJson.write(messages.get(0))))
                    .isEqualTo(messages);
        });
    }

    @Test
    void eachExampleOfAServerIsWhatTheServerWrites() {
        assertThat(examples("json server")).isNotEmpty().allSatisfy(example -> {
            String type = example.type();
            String frame = example.frame();
            List<ServerMessage> messages = MessageJson.readServer(frame);
            assertThat(EncodedText.of(messages).frame()).isEqualTo(frame);
            assertThat(messages).allMatch(message -> type(message.getClass()).equals(type));
        });
    }

    @Test
    void theBinaryExampleIsWhatItSays() {
        List<String> frames = PROTOCOL.blocks().stream()
                .filter(block -> block.info().equals("hex client"))
                .map(block -> String.join(" ", block.lines()))
                .toList();

        assertThat(frames).hasSize(1);
        byte[] frame = HexFormat.ofDelimiter(" ").parseHex(frames.get(0));
        ClientMessage.Say say = (ClientMessage.Say) BinaryFrame.readClient(ByteBuffer.wrap(frame));
        assertThat(((Body.Attachment) say.body()).content()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(BinaryFrame.encode(say)).isEqualTo(ByteBuffer.wrap(frame));
    }

    @Test
    void whatIsSaidToBeWrongGetsTheErrorThatIsNamed() {
        List<Markdown.Block> blocks = PROTOCOL.blocks().stream()
                .filter(block -> block.info().startsWith("json invalid "))
                .toList();

        assertThat(blocks)
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.lines())
                        .isNotEmpty()
                        .allSatisfy(frame -> assertThat(MessageJson.readClient(frame))
                                .allMatch(message -> message instanceof ClientMessage.Invalid invalid
                                        && block.info()
                                                .endsWith(" " + invalid.code().wire()))));
    }

    @Test
    void theDocumentHasEveryTypeAndNoOther() {
        assertThat(types(FROM_CLIENTS)).containsExactlyInAnyOrderElementsOf(types(records(ClientMessage.class)));
        assertThat(types(FROM_SERVERS)).containsExactlyInAnyOrderElementsOf(types(records(ServerMessage.class)));
    }

    @Test
    void theDocumentHasEveryFieldOfEachTypeAndNoOther() {
        assertThat(records(ClientMessage.class)).allSatisfy(type -> assertFieldsAre(FROM_CLIENTS, type));
        assertThat(records(ServerMessage.class)).allSatisfy(type -> assertFieldsAre(FROM_SERVERS, type));
    }

    @Test
    void eachFieldOfEachTypeIsInAnExample() {
        assertThat(records(ClientMessage.class))
                .allSatisfy(type -> assertExamplesHave(FROM_CLIENTS, "json client", type));
        assertThat(records(ServerMessage.class))
                .allSatisfy(type -> assertExamplesHave(FROM_SERVERS, "json server", type));
    }

    private static void assertExamplesHave(String chapter, String info, Class<?> type) {
        List<JsonObject> examples = examples(info).stream()
                .filter(example ->
                        example.type().equals(type(type)) && example.frame().startsWith("{"))
                .map(example -> object(example.frame()))
                .toList();

        assertThat(examples).as("examples of %s", type(type)).isNotEmpty();
        assertThat(fields(chapter, type(type)).stream().map(ProtocolDocumentTest::name))
                .as("fields of %s", type(type))
                .allMatch(field -> examples.stream().anyMatch(example -> example.containsKey(field)));
    }

    @Test
    void aFieldOfAnotherKindIsInvalid() {
        assertThat(examples("json client")).allSatisfy(example -> {
            for (String field : object(example.frame()).keySet()) {
                if (field.equals("data")) {
                    // It takes any value.
                    continue;
                }
                String bent = Json.createObjectBuilder(object(example.frame()))
                        .add(field, Json.createObjectBuilder())
                        .build()
                        .toString();
                assertThat(MessageJson.readClient(bent))
                        .as(bent)
                        .allMatch(message -> message instanceof ClientMessage.Invalid invalid
                                && invalid.code() == ErrorCode.BAD_REQUEST);
            }
        });
    }

    private static void assertFieldsAre(String chapter, Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .flatMap(field -> field.equals("body")
                        ? type == Entry.class ? CONTENT.stream() : Stream.of("text", "kind", "data")
                        : Stream.of(field));

        assertThat(fields(chapter, type(type)).stream().map(ProtocolDocumentTest::name))
                .as("fields of %s", type(type))
                .containsExactlyInAnyOrderElementsOf(fields.toList());
    }

    @Test
    void whatAClientMayLeaveOutIsWhatTheDocumentSays() {
        assertThat(examples("json client")).allSatisfy(example -> {
            String type = example.type();
            String frame = example.frame();
            for (String field : fields(FROM_CLIENTS, type)) {
                if (object(frame).containsKey(name(field)) && !isContent(type, name(field))) {
                    assertThat(
                                    MessageJson.readClient(without(name(field), frame))
                                                    .get(0)
                                            instanceof ClientMessage.Invalid)
                            .as("%s without %s is invalid", frame, field)
                            .isEqualTo(!mayBeAbsent(field));
                }
            }
        });
    }

    @Test
    void whatAServerMayLeaveOutIsWhatTheDocumentSays() {
        assertThat(examples("json server")).allSatisfy(example -> {
            String type = example.type();
            String frame = example.frame();
            for (String field : fields(FROM_SERVERS, type)) {
                if (frame.startsWith("{") && object(frame).containsKey(name(field)) && !isContent(type, name(field))) {
                    String rest = without(name(field), frame);
                    if (mayBeAbsent(field)) {
                        assertThat(MessageJson.readServer(rest)).hasSize(1);
                    } else {
                        assertThatThrownBy(() -> MessageJson.readServer(rest))
                                .as("%s without %s", frame, field)
                                .isInstanceOf(ParleyException.class);
                    }
                }
            }
        });
    }

    @Test
    void theDocumentHasEveryErrorCodeAndNoOther() {
        assertThat(PROTOCOL.rowsBelow(null, "Error codes").stream().map(row -> code(row.get(0))))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).toList());
    }

    @Test
    void theDocumentHasEveryCloseCodeAndSaysWhetherToComeBack() {
        List<List<String>> rows = PROTOCOL.rowsBelow(null, "Close codes");

        assertThat(rows.stream().map(row -> Integer.valueOf(row.get(0))))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(CloseCode.values()).map(CloseCode::code).toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.get(2))
                        .startsWith(CloseCode.comesBack(Integer.parseInt(row.get(0))) ? "yes" : "no"));
    }

    @Test
    void theNumbersThatAreConstantsAreThoseOfTheCode() {
        assertThat(String.join(" ", PROTOCOL.prose()))
                .contains("%,d bytes larger".formatted(BinaryFrame.MAX_OVERHEAD))
                .contains("has 1 to %,d messages".formatted(MessageJson.MAX_BATCH))
                .contains("0 to %d, %d by default".formatted(ClientMessage.MAX_LIMIT, ClientMessage.DEFAULT_LIMIT))
                .contains("1 to %d, %d by default".formatted(ClientMessage.MAX_LIMIT, ClientMessage.DEFAULT_LIMIT));
    }

    /** The lines of the blocks of a kind, each as a frame, with the type that the document is about there. */
    private static List<Example> examples(String info) {
        return PROTOCOL.blocks().stream()
                .filter(block -> block.info().equals(info))
                .flatMap(block -> block.lines().stream().map(line -> new Example(code(block.heading()), line)))
                .toList();
    }

    private record Example(String type, String frame) {}

    private static Set<String> types(String chapter) {
        return PROTOCOL.headingsBelow(chapter).stream()
                .map(ProtocolDocumentTest::code)
                .collect(Collectors.toSet());
    }

    private static Set<String> types(Stream<Class<?>> records) {
        return records.map(ProtocolDocumentTest::type).collect(Collectors.toSet());
    }

    /** The fields of a type, each with a question mark where it may be left out. */
    private static List<String> fields(String chapter, String type) {
        return PROTOCOL.rowsBelow(chapter, "`" + type + "`").stream()
                .map(row -> code(row.get(0)))
                .toList();
    }

    private static boolean mayBeAbsent(String field) {
        return field.endsWith("?");
    }

    /** Whether a message of this type has this field or others in its place. */
    private static boolean isContent(String type, String field) {
        return Set.of("entry", "say", "signal").contains(type) && CONTENT.contains(field);
    }

    private static String name(String field) {
        return field.replace("?", "");
    }

    private static String code(String text) {
        return text.replace("`", "");
    }

    /** All records of a sealed family that stand as JSON on the wire. */
    private static Stream<Class<?>> records(Class<?> family) {
        if (family.isRecord()) {
            return Stream.<Class<?>>of(family).filter(type -> !NO_JSON.contains(type));
        }
        return Arrays.stream(family.getPermittedSubclasses()).flatMap(ProtocolDocumentTest::records);
    }

    private static String type(Class<?> record) {
        return record.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String without(String field, String frame) {
        return Json.createObjectBuilder(object(frame)).remove(field).build().toString();
    }

    private static JsonObject object(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}

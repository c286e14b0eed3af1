package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Ref;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A field that is wrong is named, and the ref is found wherever it stands. */
class ClientFieldsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            join    | "room"   |
            leave   | "room"   |
            say     | "text"   |
            history | "room"   |
            typing  | "room"   |
            read    | "room"   | "seq":1
            read    | "seq"    | "room":"lobby"
            """)
    void aMissingFieldIsNamed(String type, String field, String others) {
        for (String value : new String[] {"", "," + field + ":null"}) {
            String rest = others == null ? "" : "," + others;
            ClientMessage.Invalid invalid = invalid("{\"type\":\"" + type + "\"" + value + rest + ",\"ref\":\"r\"}");

            assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(invalid.message()).isEqualTo(field.replace("\"", "") + " is missing");
            assertThat(invalid.ref()).isEqualTo(Ref.of("r"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hello, name",
        "hello, token",
        "hello, session",
        "join, room",
        "join, epoch",
        "leave, room",
        "say, room",
        "say, id",
        "say, text",
        "history, room",
        "typing, room",
        "read, room"
    })
    void aFieldThatMustBeAStringIsNamedWhenItIsNone(String type, String field) {
        for (String value : List.of("1", "true", "{}", "[]", "[[{\"a\":1}]]", "1e999999999")) {
            ClientMessage.Invalid invalid = invalid(with(type, field, value));

            assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(invalid.message()).isEqualTo(field + " must be a string");
            assertThat(invalid.ref()).isEqualTo(Ref.of(5));
        }
    }

    @ParameterizedTest
    @CsvSource({"join, since", "join, limit", "history, before", "history, after", "history, limit", "read, seq"})
    void aFieldThatMustBeAWholeNumberIsNamedWhenItIsNone(String type, String field) {
        for (String value : List.of(
                "\"1\"",
                "false",
                "{}",
                "[1]",
                "1.0",
                "1e2",
                "1e999999999",
                "-1E-999999999",
                "1234567890123456789",
                "9".repeat(50_000))) {
            ClientMessage.Invalid invalid = invalid(with(type, field, value));

            assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(invalid.message()).isEqualTo(field + " must be a whole number of at most 18 digits");
            assertThat(invalid.ref()).isEqualTo(Ref.of(5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hello, name, 65", "hello, token, 8193", "hello, session, 257", "join, room, 65", "leave, room, 65",
        "say, room, 65", "say, id, 65", "history, room, 65", "typing, room, 65", "read, room, 65"
    })
    void aFieldThatIsTooLongIsNamed(String type, String field, int length) {
        String longest = "\"" + "x".repeat(length - 1) + "\"";
        String longer = "\"" + "x".repeat(length) + "\"";

        assertThat(MessageJson.readClient(with(type, field, longest)))
                .singleElement()
                .isNotInstanceOf(ClientMessage.Invalid.class);
        ClientMessage.Invalid invalid = invalid(with(type, field, longer));
        assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(invalid.message()).contains(field);
        assertThat(invalid.ref()).isEqualTo(Ref.of(5));
    }

    @ParameterizedTest
    @CsvSource({
        "join, since, -1",
        "join, limit, -1",
        "join, limit, 201",
        "join, limit, 4294967296",
        "history, before, -1",
        "history, after, -1",
        "history, limit, 0",
        "history, limit, 201",
        "read, seq, -1"
    })
    void aNumberOutOfItsRangeIsNamed(String type, String field, String value) {
        assertThat(invalid(with(type, field, value)).message()).contains(field);
    }

    /** A message that is valid but for one field, behind which the ref stands. */
    private static String with(String type, String field, String value) {
        StringBuilder json = new StringBuilder("{\"type\":\"" + type + "\",\"" + field + "\":" + value);
        if (!field.equals("room") && !type.equals("hello")) {
            json.append(",\"room\":\"lobby\"");
        }
        if (type.equals("say") && !field.equals("text")) {
            json.append(",\"text\":\"hi\"");
        }
        if (type.equals("read") && !field.equals("seq")) {
            json.append(",\"seq\":1");
        }
        return json + ",\"ref\":5}";
    }

    @Test
    void aRefThatIsNoneIsNamedAndNotEchoed() {
        for (String ref : List.of("true", "{}", "[1]", "\"" + "x".repeat(65) + "\"", "1".repeat(65), "\"\\ud800\"")) {
            ClientMessage.Invalid invalid = invalid("{\"type\":\"beat\",\"ref\":" + ref + "}");
            assertThat(invalid.message()).startsWith("ref must");
            assertThat(invalid.ref()).isNull();
        }
    }

    @Test
    void anUnknownTypeHasACodeOfItsOwn() {
        assertThat(invalid("{\"ref\":1,\"type\":\"dance\"}"))
                .extracting(ClientMessage.Invalid::code, ClientMessage.Invalid::ref)
                .containsExactly(ErrorCode.UNKNOWN_TYPE, Ref.of(1));
        assertThat(invalid("{\"ref\":1}").message()).isEqualTo("type is missing");
        assertThat(invalid("{\"type\":1}").message()).isEqualTo("type must be a string");
        assertThat(invalid("{}").code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void aFieldGivenTwiceIsRefusedEvenWhenBothAreTheSame() {
        for (String twice : List.of(
                "\"type\":\"leave\",\"room\":\"a\",\"room\":\"a\"",
                "\"type\":\"leave\",\"room\":null,\"room\":\"a\"",
                "\"type\":\"leave\",\"room\":\"a\",\"r\\u006fom\":\"b\"",
                "\"type\":\"leave\",\"type\":\"beat\",\"room\":\"a\"")) {
            ClientMessage.Invalid invalid = invalid("{" + twice + ",\"ref\":3}");
            assertThat(invalid.message()).endsWith("must not be given twice");
            assertThat(invalid.ref()).isEqualTo(Ref.of(3));
        }
        assertThat(MessageJson.readClient("{\"x\":1,\"x\":2,\"type\":\"beat\"}"))
                .containsExactly(new ClientMessage.Beat());
    }

    private static ClientMessage.Invalid invalid(String frame) {
        List<ClientMessage> messages = MessageJson.readClient(frame);
        assertThat(messages).singleElement().isInstanceOf(ClientMessage.Invalid.class);
        return (ClientMessage.Invalid) messages.get(0);
    }
}

package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import jakarta.websocket.DecodeException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, reading answers with messages: it neither throws nor costs much. */
class HostileFramesTest {
    private static final String VALID =
            MessageJson.frame(Samples.clientMessages().toList());

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

    @Test
    void eachMessageOfABatchStandsForItself() {
        assertThat(MessageJson.readClient("[{\"type\":\"beat\"},[{\"type\":\"beat\"}],7,null,{},{\"type\":\"beat\"}]"))
                .hasSize(6)
                .startsWith(new ClientMessage.Beat())
                .endsWith(new ClientMessage.Beat())
                .filteredOn(ClientMessage.Invalid.class::isInstance)
                .hasSize(4);
        assertThat(invalid("[]").code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void aBatchOfMoreThanAThousandIsRefusedAsAWhole() {
        String thousand = "{\"type\":\"beat\"},".repeat(999) + "{\"type\":\"beat\"}";

        assertThat(MessageJson.readClient("[" + thousand + "]")).hasSize(1000).containsOnly(new ClientMessage.Beat());
        assertThat(invalid("[" + thousand + ",{\"type\":\"beat\"}]").code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "{]",
                "[}",
                "{\"type\":\"beat\"},",
                "{\"type\":\"beat\"}{\"type\":\"beat\"}",
                "{\"type\":\"beat\"}x",
                "[{\"type\":\"beat\"}]]",
                "[{\"type\":\"beat\"},]",
                "{\"type\":\"beat\",}",
                "{'type':'beat'}",
                "{type:\"beat\"}",
                "{\"type\":\"be\nat\"}",
                "{\"a\":01,\"type\":\"beat\"}",
                "{\"a\":+1,\"type\":\"beat\"}",
                "{\"a\":NaN,\"type\":\"beat\"}",
                "{\"a\":.5,\"type\":\"beat\"}",
                "{\"a\":\"\\x\",\"type\":\"beat\"}",
                "{\"a\":tru,\"type\":\"beat\"}",
                "{\"type\":\"beat\"}\u0000",
                "{\"a\":1.,\"type\":\"beat\"}",
                "{\"type\":\"beat\"} // over",
                "{\"a\":[1 2],\"type\":\"beat\"}"
            })
    void aFrameThatIsNotJsonIsOneInvalidMessage(String frame) {
        assertThat(invalid(frame))
                .extracting(ClientMessage.Invalid::ref, ClientMessage.Invalid::code)
                .containsExactly(null, ErrorCode.BAD_REQUEST);
    }

    @Test
    void aFrameCutAnywhereIsInvalidAsAWhole() {
        for (int end = 1; end < VALID.length(); end++) {
            assertThat(invalid(VALID.substring(0, end)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void nestingIsTakenToThirtyTwoLevelsAndNoDeeper() {
        for (String field : List.of("unknown", "room")) {
            assertThat(MessageJson.readClient(nested(field, "[", "]", 32)).get(0))
                    .extracting(ClientMessage::ref)
                    .isEqualTo(Ref.of(1));
            for (int depth : new int[] {33, 999, 1001, 100_000}) {
                assertThat(invalid(nested(field, "[", "]", depth)).message()).contains("deeper than 32");
                assertThat(invalid(nested(field, "{\"a\":", "}", depth)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
            }
        }
        assertThat(invalid("[".repeat(100_000)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(invalid("{\"a\":".repeat(100_000)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThatThrownBy(() -> MessageJson.readServer(nested("unknown", "[", "]", 100_000)))
                .isInstanceOf(ParleyException.class);
    }

    private static String nested(String field, String open, String close, int depth) {
        String inner = open.startsWith("{") ? "1" : "";
        return "{\"type\":\"leave\",\"" + field + "\":" + open.repeat(depth) + inner + close.repeat(depth)
                + ",\"ref\":1}";
    }

    @Test
    void textThatIsNotUnicodeIsRefused() {
        for (String text : List.of("\\ud800", "\\udc00", "\\udc00\\ud800", "a\\ud83dz", "\\u0000", "\ud800")) {
            assertThat(invalid("{\"type\":\"say\",\"text\":\"" + text + "\"}").message())
                    .startsWith("text must");
        }
        assertThat(invalid("\ud800").message()).startsWith("text must");
        assertThat(invalid("a\u0000").message()).startsWith("text must");
    }

    @Test
    void mutatedFramesNeverMakeReadingThrow() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\u0123456789abcdeE+-.ntf \n\u0000\ud800é";
        for (int round = 0; round < 5000; round++) {
            StringBuilder frame = new StringBuilder(VALID);
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = random.nextInt(frame.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(4)) {
                    case 0 -> frame.deleteCharAt(at);
                    case 1 -> frame.insert(at, c);
                    case 2 -> frame.insert(at, frame.substring(at, Math.min(frame.length(), at + random.nextInt(60))));
                    default -> frame.setCharAt(at, c);
                }
            }
            assertThat(MessageJson.readClient(frame.toString()))
                    .as("seed %d, round %d: %s", seed, round, frame)
                    .isNotEmpty()
                    .doesNotContainNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "7",
                "[1]",
                "{}",
                "{\"type\":\"beat\"}x",
                "{\"type\":\"left\"}",
                "{\"type\":\"typing\",\"room\":\"a\",\"user\":\"a\",\"user\":\"a\"}",
                "{\"type\":\"error\",\"code\":\"dance\",\"message\":\"\"}",
                "{\"type\":\"said\",\"room\":\"a\",\"seq\":1,\"at\":\"yesterday\"}",
                "{\"type\":\"history\",\"room\":\"a\",\"entries\":{},\"more\":true}",
                "{\"type\":\"history\",\"room\":\"a\",\"entries\":[1],\"more\":true}",
                "{\"type\":\"history\",\"room\":\"a\",\"entries\":[],\"more\":1}"
            })
    void aClientIsToldWhenAServersFrameIsWrong(String frame) {
        assertThatThrownBy(() -> new ServerText.Decoder().decode(frame))
                .isInstanceOf(DecodeException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void aServersFrameWithoutAnyRequiredFieldIsRefused() {
        for (ServerMessage message : Samples.serverMessages().toList()) {
            String json = MessageJson.write(message);
            for (String field : List.of(
                    "room",
                    "seq",
                    "from",
                    "at",
                    "text",
                    "media",
                    "data",
                    "session",
                    "user",
                    "heartbeat",
                    "limits",
                    "epoch",
                    "members",
                    "entries",
                    "recovered",
                    "more",
                    "code",
                    "message",
                    "online",
                    "reason")) {
                String without = json.replaceFirst("\"" + field + "\":", "\"x\":");
                if (without.equals(json)) {
                    continue;
                }
                assertThatThrownBy(() -> MessageJson.readServer(without))
                        .as(without)
                        .isInstanceOf(ParleyException.class);
            }
        }
    }

    private static ClientMessage.Invalid invalid(String frame) {
        List<ClientMessage> messages = MessageJson.readClient(frame);
        assertThat(messages).singleElement().isInstanceOf(ClientMessage.Invalid.class);
        return (ClientMessage.Invalid) messages.get(0);
    }
}

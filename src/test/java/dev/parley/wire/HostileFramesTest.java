package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, reading answers with messages: it neither throws nor costs much. */
class HostileFramesTest {
    private static final String VALID =
            MessageJson.frame(Samples.clientMessages().toList());

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

    private static ClientMessage.Invalid invalid(String frame) {
        List<ClientMessage> messages = MessageJson.readClient(frame);
        assertThat(messages).singleElement().isInstanceOf(ClientMessage.Invalid.class);
        return (ClientMessage.Invalid) messages.get(0);
    }
}

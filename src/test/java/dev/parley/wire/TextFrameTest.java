package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is never taken for a plain line, which would publish the secret of a hello. */
class TextFrameTest {
    private static final String HELLO = "{\"type\":\"hello\",\"name\":\"ann\",\"session\":\"secret\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\n",
                "\r\n",
                "\t",
                "\ufeff",
                "\ufeff\n",
                "\u200b",
                "\u200c",
                "\u200d",
                "\u2060",
                "\u00a0",
                "\u3000",
                "\u2028",
                "\u0085",
                "\u001e",
                "\u200e",
                "\u00ad",
                " \t\r\n\ufeff\u200b"
            })
    void whatCannotBeSeenMayStandAroundJson(String invisible) {
        ClientMessage hello = MessageJson.readClient(HELLO).get(0);

        assertThat(hello).isInstanceOf(ClientMessage.Hello.class);
        assertThat(MessageJson.readClient(invisible + HELLO)).containsExactly(hello);
        assertThat(MessageJson.readClient(HELLO + invisible)).containsExactly(hello);
        assertThat(MessageJson.readClient(invisible + "[" + HELLO + "]")).containsExactly(hello);
        assertThat(BinaryFrame.readClient(binary(invisible + "{\"media\":\"a/b\"}")))
                .isInstanceOf(ClientMessage.Say.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: " + HELLO,
                "42[\"message\"," + HELLO + "]",
                "\"{\\\"type\\\":\\\"hello\\\",\\\"session\\\":\\\"secret\\\"}\"",
                "\"{\\\\\\\"type\\\\\\\" : \\\\\\\"hello\\\\\\\"}\"",
                "({'type':'hello','session':'secret'})",
                "\u0000" + HELLO,
                HELLO + "\n" + HELLO,
                "\ufeff" + HELLO + "\n{\"type\":\"beat\"}",
            })
    void aHelloThatIsNotJsonFromItsFirstCharacterIsRefusedAndNotSaid(String frame) {
        assertThat(MessageJson.readClient(frame))
                .singleElement()
                .isInstanceOfSatisfying(ClientMessage.Invalid.class, invalid -> {
                    assertThat(invalid.code()).isEqualTo(ErrorCode.BAD_REQUEST);
                    assertThat(invalid.message()).doesNotContain("secret");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\ufeff", "\u200b\u00a0"})
    void aFrameInWhichNothingCanBeSeenIsNotSaid(String frame) {
        assertThat(MessageJson.readClient(frame)).singleElement().isInstanceOf(ClientMessage.Invalid.class);
    }

    @Test
    void aLineThatBeginsWithWhiteSpaceIsSaidAsItIs() {
        String line = "\ufeff  I typed \"type\": \"say\" {yes}\n";

        assertThat(MessageJson.readClient(line)).containsExactly(new ClientMessage.Line(new Body.Text(line)));
    }

    private static ByteBuffer binary(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .put((byte) 1)
                .flip();
    }
}

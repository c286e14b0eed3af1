package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import jakarta.websocket.DecodeException;
import jakarta.websocket.EncodeException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one side writes, the other side reads. */
class RoundTripTest {
    @ParameterizedTest
    @MethodSource("dev.parley.wire.Samples#clientMessages")
    void aClientMessageArrivesAsItWasSent(ClientMessage message) {
        assertThat(MessageJson.readClient(MessageJson.write(message))).containsExactly(message);
    }

    @ParameterizedTest
    @MethodSource("dev.parley.wire.Samples#serverMessages")
    void aServerMessageArrivesAsItWasSent(ServerMessage message) {
        assertThat(MessageJson.readServer(MessageJson.write(message))).containsExactly(message);
    }

    @Test
    void batchesArriveInTheirOrder() throws EncodeException, DecodeException {
        ClientText client = new ClientText(Samples.clientMessages().toList());
        ServerText server = new ServerText(Samples.serverMessages().toList());

        assertThat(new ClientText.Decoder().decode(new ClientText.Encoder().encode(client)))
                .isEqualTo(client);
        assertThat(new ServerText.Decoder().decode(new ServerText.Encoder().encode(server)))
                .isEqualTo(server);
    }

    @Test
    void aLineStaysALine() throws EncodeException {
        ClientMessage line = new ClientMessage.Line(new Body.Text(" \tHello {there}, [sic]\r\n"));

        String frame = new ClientText.Encoder().encode(new ClientText(List.of(line)));

        assertThat(frame).isEqualTo(" \tHello {there}, [sic]\r\n");
        assertThat(MessageJson.readClient(frame)).containsExactly(line);
    }

    @Test
    void whatATextFrameCannotCarryIsRefused() {
        ClientMessage line = new ClientMessage.Line(new Body.Text("hi"));
        ClientMessage bracket = new ClientMessage.Line(new Body.Text("\n[sic]"));
        ClientMessage bytes = new ClientMessage.Say(null, null, null, Samples.attachment(null));

        for (List<ClientMessage> messages :
                List.of(List.<ClientMessage>of(), List.of(line, line), List.of(bracket), List.of(bytes))) {
            assertThatThrownBy(() -> new ClientText.Encoder().encode(new ClientText(messages)))
                    .isInstanceOf(EncodeException.class)
                    .hasCauseInstanceOf(ParleyException.class);
        }
    }

    @Test
    void decodersTakeAllFramesAndLeaveTheJudgementToReading() {
        assertThat(new ClientText.Decoder().willDecode("\u0000")).isTrue();
        assertThat(new ServerText.Decoder().willDecode("")).isTrue();
        assertThat(new ClientBinary.Decoder().willDecode(ByteBuffer.allocate(0)))
                .isTrue();
        assertThat(new ServerBinary.Decoder().willDecode(ByteBuffer.allocate(0)))
                .isTrue();
    }
}

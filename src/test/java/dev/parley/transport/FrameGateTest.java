package dev.parley.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.loop.Loops;
import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ServerMessage;
import dev.parley.outbox.FrameWriter;
import dev.parley.outbox.MemoryBudget;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.OutgoingFrame;
import dev.parley.transport.FrameGate.Container;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate with the rules of a connection, and the bytes that come out of it. */
class FrameGateTest {
    private static final int FIN = 0x80;
    private static final int TEXT = FIN | FrameHeader.TEXT;
    private static final int BINARY = FIN | FrameHeader.BINARY;
    private static final int PING = FIN | FrameHeader.PING;
    private static final int PONG = FIN | FrameHeader.PONG;
    private static final int CLOSE = FIN | FrameHeader.CLOSE;
    private static final int LAST = FIN | FrameHeader.CONTINUATION;
    private static final byte[] RESERVED_OPCODE = {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0};
    /** What may come at once, and enough more that the time of the test makes no difference. */
    private static final int MORE_THAN_THE_RATE = 4_000;

    private final Loops loops = new Loops(1, task -> new Thread(task, "loop"));
    private final BlockingQueue<SendHandler> inFlight = new LinkedBlockingQueue<>();
    private final Peer closing = new Peer();
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final Outbox outbox = new Outbox(
            new FrameWriter(null, (bytes, written) -> inFlight.add(written)),
            loops.of(0),
            1 << 20,
            new MemoryBudget(1 << 20),
            closing);

    /** The end of a connection, as the gate causes it. */
    private static final class Peer implements IncomingFrames.ClosingHandshake, Outbox.Troubles {
        private final List<CloseCode> closed = new ArrayList<>();
        private final List<String> cut = new ArrayList<>();

        @Override
        public boolean isOpen() {
            return closed.isEmpty();
        }

        @Override
        public void close(CloseCode code, String reason) {
            closed.add(code);
        }

        @Override
        public boolean peerCloses() {
            return true;
        }

        @Override
        public boolean cut(String why) {
            cut.add(why);
            return true;
        }

        @Override
        public void tooSlow() {
            throw new AssertionError("too slow");
        }

        @Override
        public void broken(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    @AfterEach
    void end() {
        loops.close();
    }

    private FrameGate gate(Container container) {
        FrameGate gate = new FrameGate(container);
        gate.opened(
                new IncomingFrames(closing, outbox, new KeepAlive(outbox), new Limits(1 << 20, 1 << 20, 1 << 20, 10)));
        return gate;
    }

    /** What the container gets of these bytes. */
    private byte[] pass(FrameGate gate, byte[]... came) throws IOException {
        passed.reset();
        gate.pass(ByteBuffer.wrap(joined(came)), bytes -> {
            byte[] some = new byte[bytes.remaining()];
            bytes.duplicate().get(some);
            passed.write(some);
        });
        return passed.toByteArray();
    }

    @Test
    void libertyGetsATextAsABinaryMessageAndTheEndpointKnowsIt() throws IOException {
        FrameGate gate = gate(Container.LIBERTY);

        assertThat(pass(gate, frame(TEXT, "hi"))).isEqualTo(frame(BINARY, "hi"));
        assertThat(gate.isText(true)).isTrue();
        assertThat(pass(gate, frame(BINARY, "hi"))).isEqualTo(frame(BINARY, "hi"));
        assertThat(gate.isText(true)).isFalse();
    }

    @Test
    void tyrusGetsATextUnchanged() throws IOException {
        FrameGate gate = gate(Container.TYRUS);

        assertThat(pass(gate, frame(TEXT, "hi"))).isEqualTo(frame(TEXT, "hi"));
        assertThat(gate.isText(true)).isFalse();
    }

    @Test
    void libertyGetsAReservedOpcodeForACloseCodeThatItWouldNotAnswer() throws IOException {
        assertThat(pass(gate(Container.LIBERTY), closeFrame(5_000))).isEqualTo(RESERVED_OPCODE);
    }

    @Test
    void aCloseFrameThatTheContainerAnswersItselfPasses() throws IOException {
        assertThat(pass(gate(Container.TYRUS), closeFrame(5_000))).isEqualTo(closeFrame(5_000));
        // The gate has taken the mask away.
        byte[] unmasked = {(byte) CLOSE, (byte) (0x80 | 2), 0, 0, 0, 0, 4_999 >> 8, (byte) 4_999};
        assertThat(pass(gate(Container.LIBERTY), closeFrame(4_999))).isEqualTo(unmasked);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aPingOverTheRateClosesTheConnectionAndNothingPassesBehindIt(Container container) throws IOException {
        FrameGate gate = gate(container);
        int pings = 0;
        while (closing.isOpen() && pings < MORE_THAN_THE_RATE) {
            pings++;
            byte[] got = pass(gate, frame(PING, "p"), frame(BINARY, "b"));
            byte[] expected = !closing.isOpen()
                    ? new byte[0]
                    : container == Container.TYRUS ? frame(BINARY, "b") : joined(frame(PING, "p"), frame(BINARY, "b"));
            assertThat(got).isEqualTo(expected);
        }

        assertThat(closing.closed).containsExactly(CloseCode.ABUSE);
        assertThat(pings).isGreaterThan(1_000);
        assertThat(pass(gate, frame(PING, "p"), frame(TEXT, "t"))).isEmpty();
    }

    @Test
    void libertyGetsNoPingWhileAFrameIsInFlightAndTheNextOneWhenItIsSent() throws Exception {
        FrameGate gate = gate(Container.LIBERTY);
        outbox.add(OutgoingFrame.of(new ServerMessage.Error(null, ErrorCode.BAD_REQUEST, "a reply")));
        SendHandler sent = inFlight.poll(10, TimeUnit.SECONDS);
        assertThat(sent).isNotNull();

        assertThat(pass(gate, frame(PING, "1"), frame(PONG, "2"), frame(BINARY, "b")))
                .isEqualTo(joined(frame(PONG, "2"), frame(BINARY, "b")));
        assertThat(closing.isOpen()).isTrue();

        sent.onResult(new SendResult());
        assertThat(pass(gate, frame(PING, "3"))).isEqualTo(frame(PING, "3"));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void controlFramesMayComeBetweenFragments(Container container) throws IOException {
        FrameGate gate = gate(container);
        byte[] ping = container == Container.TYRUS ? new byte[0] : frame(PING, "p");
        int text = container == Container.TYRUS ? FrameHeader.TEXT : FrameHeader.BINARY;

        assertThat(pass(gate, frame(FrameHeader.TEXT, "be"), frame(PING, "p"), frame(LAST, "gun")))
                .isEqualTo(joined(frame(text, "be"), ping, frame(LAST, "gun")));
        assertThat(closing.isOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aContinuationOfNothingBecomesAReservedOpcodeAndNothingPassesBehindIt(Container container) throws IOException {
        FrameGate gate = gate(container);

        assertThat(pass(gate, frame(BINARY, "b"), frame(LAST, "stray"), frame(BINARY, "c")))
                .isEqualTo(joined(frame(BINARY, "b"), RESERVED_OPCODE));
        assertThat(pass(gate, frame(BINARY, "d"))).isEmpty();
    }

    @Test
    void aPeerOfLibertyThatFloodsWhileItIsClosedIsCutOnce() throws IOException {
        FrameGate gate = gate(Container.LIBERTY);
        closing.close(CloseCode.ABUSE, "for the test");
        byte[] flood = frame(BINARY, "x".repeat(100));
        int before = IncomingFrames.MOST_UNWANTED / flood.length;

        for (int i = 0; i < before; i++) {
            assertThat(pass(gate, flood)).isEmpty();
        }
        assertThat(closing.cut).isEmpty();
        pass(gate, flood);
        pass(gate, flood);
        assertThat(closing.cut).hasSize(1);
    }

    private static byte[] closeFrame(int code) {
        return frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(UTF_8));
    }

    /** With a mask. @param payload at most 125 bytes */
    private static byte[] frame(int first, byte[] payload) {
        byte[] mask = {1, 2, 3, 4};
        ByteBuffer frame = ByteBuffer.allocate(2 + mask.length + payload.length);
        frame.put((byte) first).put((byte) (0x80 | payload.length)).put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % mask.length]));
        }
        return frame.array();
    }

    private static byte[] joined(byte[]... all) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] each : all) {
            joined.writeBytes(each);
        }
        return joined.toByteArray();
    }
}

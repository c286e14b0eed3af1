package dev.parley.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.ErrorCode;
import dev.parley.message.ServerMessage;
import jakarta.websocket.RemoteEndpoint;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a container is given to send. */
class FrameWriterTest {
    /** In characters, of three bytes each: more than one frame of joined texts may have. */
    private static final int LARGE = 40_000;

    private final List<Object> sent = new ArrayList<>();
    private final RemoteEndpoint.Async container = (RemoteEndpoint.Async) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {RemoteEndpoint.Async.class}, (proxy, method, arguments) -> {
                sent.add(arguments[0]);
                return null;
            });
    private final MemoryBudget budget = new MemoryBudget(1 << 20);

    @Test
    void textsGoInTextFramesUnlessThePeerTakesThemInBinaryOnes() {
        List<OutgoingFrame> run = List.of(frame("a"), frame("b"));

        new FrameWriter(container, null, false).texts(run, result -> {});
        new FrameWriter(container, null, true).texts(run, result -> {});

        assertThat(sent.get(0)).isInstanceOf(String.class);
        assertThat(text((ByteBuffer) sent.get(1))).isEqualTo(sent.get(0));
    }

    @Test
    void peersThatTakeBinaryFramesShareTheBytesOfATextHoweverLargeItIs() {
        OutgoingFrame large = frame("\u4f60".repeat(LARGE));
        large.hold(budget);
        large.hold(budget);

        new FrameWriter(container, null, true).texts(List.of(large), result -> {});
        new FrameWriter(container, null, true).texts(List.of(large), result -> {});

        assertThat(((ByteBuffer) sent.get(0)).array()).isSameAs(((ByteBuffer) sent.get(1)).array());
        assertThat(sent.get(0)).isNotSameAs(sent.get(1));
    }

    private static OutgoingFrame frame(String text) {
        return OutgoingFrame.of(new ServerMessage.Error(null, ErrorCode.BAD_REQUEST, text));
    }

    private static String text(ByteBuffer payload) {
        return new String(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining(), UTF_8);
    }
}

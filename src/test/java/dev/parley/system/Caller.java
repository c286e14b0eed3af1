package dev.parley.system;

import dev.parley.message.ClientMessage;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.MessageJson;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Someone who asks and waits for the answer, and answers pings meanwhile. For one thread, beside the client's own. */
final class Caller implements AutoCloseable {
    private final RawClient line;
    private final Deque<ServerMessage> heard = new ArrayDeque<>();

    Caller(URI chat) {
        line = RawClient.open(chat);
    }

    RawClient line() {
        return line;
    }

    void says(ClientMessage message) {
        line.send(MessageJson.write(message));
    }

    /** The next answer, of any kind but {@code welcome}. */
    ServerMessage.Reply answer() {
        ServerMessage.Reply reply = awaits(ServerMessage.Reply.class);
        return reply instanceof ServerMessage.Welcome ? answer() : reply;
    }

    /** The next message of this kind; those before it are forgotten. */
    <T extends ServerMessage> T awaits(Class<T> kind) {
        long until = System.nanoTime() + RawClient.PATIENCE.toNanos();
        // Beats go on coming, so that waiting for a frame alone would never end.
        while (System.nanoTime() < until) {
            if (heard.isEmpty()) {
                hear(line.readMessage()
                        .orElseThrow(() -> new AssertionError("the connection ended with " + line.closeCode())));
                continue;
            }
            ServerMessage message = heard.remove();
            if (kind.isInstance(message)) {
                return kind.cast(message);
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " came");
    }

    private void hear(Frame frame) {
        if (frame.opcode() == Frame.BINARY) {
            heard.add(BinaryFrame.readServer(ByteBuffer.wrap(frame.payload())));
        } else {
            heard.addAll(MessageJson.readServer(frame.text()));
        }
    }

    @Override
    public void close() {
        line.close();
    }
}

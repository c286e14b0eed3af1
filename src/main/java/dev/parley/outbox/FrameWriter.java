package dev.parley.outbox;

import dev.parley.wire.Framing;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes the frames of one connection: through the container or, where the server offers it, as bytes that are encoded
 * once for all who get them. Tyrus 2.2.2 encodes a text again for each of its recipients, which is half of what a
 * delivery costs. For one thread, and one frame at a time; encoding is a pure function.
 */
public final class FrameWriter {
    /** One for each loop. */
    private static final ThreadLocal<FrameCoalescer> COALESCER = ThreadLocal.withInitial(FrameCoalescer::new);

    private final RemoteEndpoint.Async remote;
    private final SocketWriter bytes;

    /** @param bytes null where there is only the container */
    public FrameWriter(RemoteEndpoint.Async remote, SocketWriter bytes) {
        this.remote = remote;
        this.bytes = bytes;
    }

    /** All of these texts in one frame. */
    void texts(List<OutgoingFrame> run, SendHandler sent) {
        if (bytes == null) {
            remote.sendText(COALESCER.get().text(run), sent);
        } else {
            bytes.write(COALESCER.get().bytes(run), sent);
        }
    }

    void binary(OutgoingFrame frame, SendHandler sent) {
        if (bytes == null) {
            remote.sendBinary(frame.payload(), sent);
        } else {
            bytes.write(frame.bytes(), sent);
        }
    }

    /** @param sent called only where there is more than the container, which tells nothing of the fate of a ping */
    void ping(ByteBuffer payload, SendHandler sent) throws IOException {
        if (bytes == null) {
            remote.sendPing(payload);
        } else {
            bytes.write(Framing.ping(payload), sent);
        }
    }

    /** Only where there is more than the container, which answers pings by itself. */
    void pong(ByteBuffer payload, SendHandler sent) {
        bytes.write(Framing.pong(payload), sent);
    }

    /** Whether it is told when a ping has been sent. */
    boolean tellsOfPings() {
        return bytes != null;
    }
}

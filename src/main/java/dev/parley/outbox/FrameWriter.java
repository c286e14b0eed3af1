package dev.parley.outbox;

import dev.parley.wire.Framing;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes the frames of one connection: through the container, or, where the server allows it, as bytes that are encoded
 * once for all recipients. Tyrus 2.2.2 encodes a text again for each recipient, which is half of the cost of a
 * delivery. For one thread and one frame at a time.
 */
public final class FrameWriter {
    /** Each loop has one. */
    private static final ThreadLocal<FrameCoalescer> COALESCER = ThreadLocal.withInitial(FrameCoalescer::new);

    private final RemoteEndpoint.Async remote;
    private final SocketWriter bytes;

    /** @param bytes null if frames can be written only through the container */
    public FrameWriter(RemoteEndpoint.Async remote, SocketWriter bytes) {
        this.remote = remote;
        this.bytes = bytes;
    }

    /** Sends all of these texts in one frame. */
    void texts(List<OutgoingFrame> run, SendHandler sent) {
        if (bytes != null) {
            bytes.write(COALESCER.get().bytes(run), sent);
        } else {
            remote.sendText(COALESCER.get().text(run), sent);
        }
    }

    void binary(OutgoingFrame frame, SendHandler sent) {
        if (bytes == null) {
            remote.sendBinary(frame.payload(), sent);
        } else {
            bytes.write(frame.bytes(), sent);
        }
    }

    /** @param sent called only when bytes are written directly: the container does not report the result of a ping */
    void ping(ByteBuffer payload, SendHandler sent) throws IOException {
        if (bytes == null) {
            remote.sendPing(payload);
        } else {
            bytes.write(Framing.ping(payload), sent);
        }
    }

    /** Must be called only when bytes are written directly: the container answers pings by itself. */
    void pong(ByteBuffer payload, SendHandler sent) {
        bytes.write(Framing.pong(payload), sent);
    }

    /** Whether {@link #ping} reports its result. */
    boolean reportsPings() {
        return bytes != null;
    }
}

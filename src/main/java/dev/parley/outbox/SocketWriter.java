package dev.parley.outbox;

import jakarta.websocket.SendHandler;
import java.nio.ByteBuffer;

/** Writes bytes to a TCP connection as they are. Called for one write at a time. */
@FunctionalInterface
public interface SocketWriter {
    /** @param written called once, perhaps before this returns; what is thrown counts as a failure instead */
    void write(ByteBuffer bytes, SendHandler written);
}

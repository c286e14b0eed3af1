package dev.parley.outbox;

import jakarta.websocket.SendHandler;
import java.nio.ByteBuffer;

/** Writes bytes directly to a TCP connection. Called for one write at a time. */
@FunctionalInterface
public interface SocketWriter {
    /**
     * @param written called once, perhaps before this method returns; if this method throws, the write failed and this
     *     is not called
     */
    void write(ByteBuffer bytes, SendHandler written);
}

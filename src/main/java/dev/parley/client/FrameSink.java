package dev.parley.client;

import jakarta.websocket.SendHandler;

/** Where an outbox sends its frames. Called for one frame at a time. */
@FunctionalInterface
interface FrameSink {
    /**
     * @param frame a {@code ClientText} or a {@code ClientBinary}
     * @param sent called once, perhaps before this returns; what is thrown counts as a failure instead
     */
    void send(Object frame, SendHandler sent);
}

package dev.parley.client;

import jakarta.websocket.SendHandler;

/** Sends the frames of an outbox. Called for one frame at a time. */
@FunctionalInterface
interface FrameSink {
    /**
     * @param frame a {@code ClientText} or a {@code ClientBinary}
     * @param sent called once, perhaps before this method returns; if this method throws, the send failed and this is
     *     not called
     */
    void send(Object frame, SendHandler sent);
}

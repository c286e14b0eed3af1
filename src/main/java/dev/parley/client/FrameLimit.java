package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.wire.MessageJson;
import java.nio.charset.StandardCharsets;

/** Checks whether a message fits into one frame that the server accepts. Pure functions. */
final class FrameLimit {
    private FrameLimit() {}

    /**
     * Rejects a message that the server would reject, or for which it would close the connection (1009).
     *
     * @param limits null while the server has not sent them
     * @throws ParleyException with {@code tooLarge}
     */
    static void check(ClientMessage message, Limits limits) {
        if (limits == null) {
            return;
        }
        if (message.body() != null && message.body().form().isBinary()) {
            require(message.body().size(), limits.binary(), "of content");
            return;
        }
        // Only a message near the limit is encoded to measure it.
        if (MessageSize.atMost(message) > limits.text()) {
            require(
                    MessageJson.write(message).getBytes(StandardCharsets.UTF_8).length,
                    limits.text(),
                    "in a text frame");
        }
    }

    private static void require(int bytes, int most, String what) {
        if (bytes > most) {
            throw new ParleyException(ErrorCode.TOO_LARGE, "the server takes " + most + " bytes " + what);
        }
    }
}

package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.wire.MessageJson;
import java.nio.charset.StandardCharsets;

/** Whether a message fits into one frame of what the server takes. Pure functions. */
final class FrameLimit {
    private FrameLimit() {}

    /**
     * Refuses what the server would refuse, or close the connection for (1009).
     *
     * @param limits null while the server hasn't told them
     * @throws ParleyException with {@code tooLarge}
     */
    static void check(ClientMessage message, Limits limits) {
        if (limits == null) {
            return;
        }
        if (message.body() != null && message.body().kind().isBinary()) {
            require(message.body().size(), limits.binary(), "of content");
            return;
        }
        // Encoding it to measure it is for the few that come near the limit.
        if (Weight.atMost(message) > limits.text()) {
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

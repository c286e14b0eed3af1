package dev.parley.client;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.MessageJson;
import java.nio.charset.StandardCharsets;

/** Whether a message fits into one frame of what the server takes. Pure functions. */
final class FrameLimit {
    private FrameLimit() {}

    /**
     * Refuses what the server would close the connection for (1009).
     *
     * @param limits null while the server hasn't told them
     * @throws ParleyException with {@code tooLarge}
     */
    static void check(ClientMessage message, Limits limits) {
        if (limits == null) {
            return;
        }
        boolean binary = message instanceof ClientMessage.Say say && say.body() instanceof Body.Attachment;
        int most = binary ? limits.binary() : limits.text();
        // Encoding it to measure it is for the few that come near the limit.
        if (Weight.atMost(message) > most && exactly(message, binary) > most) {
            throw new ParleyException(ErrorCode.TOO_LARGE, "the server takes " + most + " bytes in a frame");
        }
    }

    private static int exactly(ClientMessage message, boolean binary) {
        return binary
                ? BinaryFrame.encode((ClientMessage.Say) message).remaining()
                : MessageJson.write(message).getBytes(StandardCharsets.UTF_8).length;
    }
}

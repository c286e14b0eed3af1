package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import jakarta.websocket.CloseReason;

/** Makes the container's close reasons from Parley's close codes. */
final class CloseReasons {
    /** RFC 6455 section 5.5: a close frame has at most 125 bytes, two of which are the code. */
    private static final int MAX_PHRASE = 123;

    private CloseReasons() {}

    /** @param phrase may name a room, so it may be long and have any characters; only ASCII fits, and 123 of it */
    static CloseReason of(CloseCode code, String phrase) {
        String ascii = phrase.replaceAll("[^ -~]", "?");
        String fitting = ascii.substring(0, Math.min(MAX_PHRASE, ascii.length()));
        return new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), fitting);
    }
}

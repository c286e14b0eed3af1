package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import jakarta.websocket.CloseReason;

/** Makes the container's close reasons from Parley's close codes. */
final class CloseReasons {
    /** RFC 6455 section 5.5: a close frame has at most 125 bytes, two of which are the code. */
    private static final int MAX_PHRASE = 123;

    private CloseReasons() {}

    /** @param phrase in ASCII; cut if it is too long */
    static CloseReason of(CloseCode code, String phrase) {
        String fitting = phrase.length() <= MAX_PHRASE ? phrase : phrase.substring(0, MAX_PHRASE);
        return new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), fitting);
    }
}

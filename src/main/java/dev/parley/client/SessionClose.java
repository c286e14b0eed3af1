package dev.parley.client;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** Closes sessions on a thread of its own, because a close on Open Liberty can block for seconds. Stateless. */
final class SessionClose {
    private static final Logger LOG = System.getLogger(SessionClose.class.getName());
    /** RFC 6455 section 5.5: a control frame has at most 125 bytes, two of them the code. */
    private static final int MAX_REASON = 123;

    private SessionClose() {}

    static void start(Session session, int code, String reason) {
        CloseReason closeReason = new CloseReason(CloseReason.CloseCodes.getCloseCode(code), shortened(reason));
        Thread closer = new Thread(() -> close(session, closeReason), "parley-client-close");
        closer.setDaemon(true);
        closer.start();
    }

    /** The part of a reason that fits into a close frame, cut between characters. */
    static String shortened(String reason) {
        String cut = reason;
        while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_REASON) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    private static void close(Session session, CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException broken) {
            // The connection is gone already.
            LOG.log(Level.DEBUG, "A session could not be closed with a close frame: {0}", broken.toString());
        }
    }
}

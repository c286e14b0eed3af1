package dev.parley.client;

import dev.parley.message.ServerMessage;
import jakarta.websocket.Session;
import java.util.List;

/** What happens to a WebSocket session, in the words of Parley. Called by one container thread at a time. */
interface SessionEvents {
    void opened(Session session);

    void received(List<? extends ServerMessage> messages);

    /** The session is closed: after a close frame, or with 1006. */
    void ended(Closed closed);

    /** A frame came that is none of the protocol. */
    void unreadable(Throwable why);

    /** The session doesn't work any more. */
    void failed(Throwable why);
}

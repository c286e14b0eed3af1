package dev.parley.client;

import dev.parley.message.ServerMessage;
import jakarta.websocket.Session;
import java.util.List;

/** The events of a WebSocket session. Called by one container thread at a time. */
interface SessionEvents {
    void opened(Session session);

    void received(List<? extends ServerMessage> messages);

    /** The session is closed: with the code of a close frame, or with 1006 where there was none. */
    void ended(Closed closed);

    /** A frame came that the protocol does not allow. */
    void unreadable(Throwable why);

    /** The session failed. */
    void failed(Throwable why);
}

package dev.parley.client;

import dev.parley.message.CloseCode;
import dev.parley.message.ServerMessage;
import jakarta.websocket.Session;
import java.util.List;

/** Handles a session that no {@link ChatClient} opened: closes it at once. Stateless. */
final class UnclaimedSession implements SessionEvents {
    @Override
    public void opened(Session session) {
        SessionClose.start(session, CloseCode.NORMAL.code(), "connect with ChatClient");
    }

    @Override
    public void received(List<? extends ServerMessage> messages) {}

    @Override
    public void ended(Closed closed) {}

    @Override
    public void unreadable(Throwable why) {}

    @Override
    public void failed(Throwable why) {}
}

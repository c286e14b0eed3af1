package dev.parley.conformance;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** An endpoint of the application itself, at the path that Parley has by default. */
@ServerEndpoint("/chat")
public class OwnChat {
    @OnMessage
    public String answer(String text) {
        return "own " + text;
    }
}

package dev.parley.client;

import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import dev.parley.wire.ServerBinary;
import dev.parley.wire.ServerText;
import dev.parley.wire.Subprotocol;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import java.util.Objects;

/**
 * The client's WebSocket endpoint: it only translates and delegates. One instance serves one connection and is called
 * by one container thread at a time. Applications open connections with {@link ChatClient#connect}.
 */
@ClientEndpoint(
        subprotocols = {Subprotocol.V2, Subprotocol.V1},
        encoders = {ClientText.Encoder.class, ClientBinary.Encoder.class},
        decoders = {ServerText.Decoder.class, ServerBinary.Decoder.class})
public final class ChatClientEndpoint {
    private final SessionEvents events;

    /**
     * For containers only. WildFly deploys every class that carries the annotation, and its Undertow rejects the whole
     * application if a class has no public constructor without parameters. A connection that a container opens with
     * such an instance is closed at once.
     */
    public ChatClientEndpoint() {
        this(new UnclaimedSession());
    }

    ChatClientEndpoint(SessionEvents events) {
        this.events = Objects.requireNonNull(events);
    }

    @OnOpen
    public void onOpen(Session session) {
        events.opened(session);
    }

    @OnMessage
    public void onText(ServerText frame) {
        events.received(frame.messages());
    }

    @OnMessage
    public void onBinary(ServerBinary frame) {
        events.received(frame.messages());
    }

    @OnClose
    public void onClose(CloseReason reason) {
        String phrase = reason.getReasonPhrase();
        events.ended(new Closed(reason.getCloseCode().getCode(), phrase == null ? "" : phrase));
    }

    @OnError
    public void onError(Throwable thrown) {
        if (thrown instanceof DecodeException || thrown.getCause() instanceof DecodeException) {
            events.unreadable(thrown);
        } else {
            events.failed(thrown);
        }
    }
}

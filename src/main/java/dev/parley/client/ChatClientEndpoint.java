package dev.parley.client;

import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import dev.parley.wire.ServerBinary;
import dev.parley.wire.ServerText;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Objects;

/**
 * The client's end of the WebSocket: it only translates and delegates. One instance for each connection, called by one
 * container thread at a time; open connections by {@link ChatClient#connect}.
 */
@ClientEndpoint(
        subprotocols = "parley.v1",
        encoders = {ClientText.Encoder.class, ClientBinary.Encoder.class},
        decoders = {ServerText.Decoder.class, ServerBinary.Decoder.class})
public final class ChatClientEndpoint {
    private final SessionEvents events;

    /**
     * For containers only: WildFly deploys whatever carries the annotation, and its Undertow refuses the whole
     * application where it can't be created so. A connection opened with such an instance is closed at once.
     */
    public ChatClientEndpoint() {
        this(new Unclaimed());
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
        events.received(List.of(frame.entry()));
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

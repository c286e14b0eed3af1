package dev.parley.endpoint;

import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import dev.parley.wire.ServerBinary;
import dev.parley.wire.ServerText;
import dev.parley.wire.Subprotocol;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/**
 * The WebSocket at {@code /chat}, in {@code parley.war} and standalone. It only translates between the container and
 * {@link IncomingPieces}. Each connection has an instance, and the container calls it for one message at a time.
 *
 * <p>It is not in the jar for someone's own application. Every container deploys an annotated class that it finds, also where the
 * application has a {@code /chat} of its own and set another path for Parley. {@link PathEndpoint} is the same there.
 */
@Dependent
@ServerEndpoint(
        value = ChatEndpoint.PATH,
        subprotocols = {Subprotocol.V2, Subprotocol.V1},
        encoders = {ServerText.Encoder.class, ServerBinary.Encoder.class},
        decoders = {ClientText.Decoder.class, ClientBinary.Decoder.class},
        configurator = Handshake.class)
public class ChatEndpoint {
    /** A constant, so it is also known where this class is not. */
    public static final String PATH = "/chat";

    @Inject
    private Entrance entrance;

    private IncomingPieces pieces;

    @OnOpen
    public void open(Session session) {
        pieces = IncomingPieces.open(entrance.connections(), session);
    }

    @OnMessage
    public void text(String piece, boolean last) {
        pieces.text(piece, last);
    }

    @OnMessage
    public void binary(ByteBuffer piece, boolean last) {
        pieces.binary(piece, last);
    }

    @OnMessage
    public void pong(PongMessage pong) {
        pieces.pong(pong);
    }

    @OnClose
    public void close(CloseReason reason) {
        if (pieces != null) {
            pieces.closed(reason);
        }
    }

    @OnError
    public void error(Throwable cause) {
        if (pieces != null) {
            pieces.failed(cause);
        }
    }
}

package dev.parley.endpoint;

import dev.parley.wire.ServerBinary;
import dev.parley.wire.ServerText;
import dev.parley.wire.Subprotocol;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The same as {@link ChatEndpoint} at a path that is set, and in someone's own application: {@link ServletEndpoint} deploys it. WildFly 39
 * would not find an annotated class in the {@code lib} of an EAR, and an application with a {@code ServerApplicationConfig} would have
 * to name it there.
 */
@Dependent
public class PathEndpoint extends Endpoint {
    @Inject
    private Entrance entrance;

    private IncomingPieces pieces;

    /** The endpoint at this path, for a container in which it is to be deployed. */
    public static ServerEndpointConfig at(String path) {
        return ServerEndpointConfig.Builder.create(PathEndpoint.class, path)
                .subprotocols(Subprotocol.ALL)
                .encoders(List.of(ServerText.Encoder.class, ServerBinary.Encoder.class))
                .configurator(new Handshake())
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        pieces = IncomingPieces.open(entrance.connections(), session);
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) pieces::text);
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) pieces::binary);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pieces::pong);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (pieces != null) {
            pieces.closed(reason);
        }
    }

    @Override
    public void onError(Session session, Throwable cause) {
        if (pieces != null) {
            pieces.failed(cause);
        }
    }
}

package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.transport.Transport;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import dev.parley.wire.ServerBinary;
import dev.parley.wire.ServerText;
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
 * The WebSocket endpoint. It only translates between the container and a {@link Connection} with its {@link Conversation}. Each
 * connection has an instance, and the container calls it for one message at a time.
 *
 * <p>Messages come in pieces, so that their size can be bounded in every container (see {@link Assembler}). The decoders
 * are applied to complete messages.
 *
 * <p>It has no annotation with a path, because the path is a setting. WildFly 39 would also not find it in the {@code lib} of an
 * EAR, and an application with a {@code ServerApplicationConfig} would have to name it there.
 */
@Dependent
public class ChatEndpoint extends Endpoint {
    @Inject
    private Entrance entrance;

    private final ClientText.Decoder texts = new ClientText.Decoder();
    private final ClientBinary.Decoder binaries = new ClientBinary.Decoder();
    private Connection connection;
    private Conversation conversation;
    private Assembler assembler;

    /** The endpoint at this path, for a container in which it is to be deployed. */
    public static ServerEndpointConfig at(String path) {
        return ServerEndpointConfig.Builder.create(ChatEndpoint.class, path)
                .subprotocols(List.of("parley.v1"))
                .encoders(List.of(ServerText.Encoder.class, ServerBinary.Encoder.class))
                .configurator(new Handshake())
                .build();
    }

    /** WildFly 39 calls this on one of its I/O threads. */
    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Connections connections = entrance.connections();
        int binary = connections.rules().limits().binary() + BinaryFrame.MAX_OVERHEAD;
        // With 0, the default, Tyrus 2.2 schedules a task at every send. Parley's own heartbeat finds idle connections.
        session.setMaxIdleTimeout(-1);
        // The default of Tomcat is 8 KiB.
        session.setMaxTextMessageBufferSize(connections.rules().limits().text());
        session.setMaxBinaryMessageBufferSize(binary);
        ConnectedMember member = connections.open(session, Transport.of(session));
        connection = member.connection();
        conversation = member.conversation();
        assembler = new Assembler(connections.rules().limits().text(), binary, connection.memory.assembled());
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::text);
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) this::binary);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>)
                pong -> connection.incoming.pong(pong.getApplicationData()));
    }

    private void text(String piece, boolean last) {
        connection.keepAlive.heard();
        try {
            String whole = assembler.text(piece, last);
            if (whole == null) {
                fragment(piece.length());
            } else {
                conversation.receive(
                        () -> conversation.handle(texts.decode(whole).messages()));
            }
        } catch (Assembler.TooLarge e) {
            tooLarge(e);
        } catch (Assembler.NoMemory e) {
            connection.close(CloseCode.TOO_SLOW, e.getMessage());
        }
    }

    private void binary(ByteBuffer piece, boolean last) {
        connection.keepAlive.heard();
        try {
            int size = piece.remaining();
            ByteBuffer whole = assembler.binary(piece, last);
            if (whole == null) {
                fragment(size);
            } else {
                conversation.receive(() -> handle(whole));
            }
        } catch (Assembler.TooLarge e) {
            tooLarge(e);
        } catch (Assembler.NoMemory e) {
            connection.close(CloseCode.TOO_SLOW, e.getMessage());
        }
    }

    /**
     * The limit is for the content, without Parley's header. So a larger frame is accepted if its header can be read, and is
     * too large if not.
     */
    private void handle(ByteBuffer whole) {
        int limit = entrance.connections().rules().limits().binary();
        boolean isLarge = whole.remaining() > limit;
        ClientMessage message = binaries.decode(whole).message();
        if (isLarge && message instanceof ClientMessage.Invalid) {
            connection.close(CloseCode.TOO_LARGE, "a binary frame of more than " + limit + " bytes");
        } else {
            conversation.handle(List.of(message));
        }
    }

    private void tooLarge(Assembler.TooLarge e) {
        connection.close(CloseCode.TOO_LARGE, e.getMessage());
    }

    /** Counts a fragment, unless the gate has counted it. */
    private void fragment(int bytes) {
        if (connection.transport.gate() == null) {
            connection.incoming.fragment(bytes);
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (connection != null) {
            connection.closed(reason.getCloseCode().getCode());
        }
    }

    /** TCP has failed, or the container could not read the frames. */
    @Override
    public void onError(Session session, Throwable cause) {
        if (connection != null) {
            connection.readFailed(cause);
        }
    }
}

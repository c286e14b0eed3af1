package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.transport.FrameGate;
import dev.parley.transport.Transport;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.ClientBinary;
import dev.parley.wire.ClientText;
import jakarta.websocket.CloseReason;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/**
 * What the container reads from one WebSocket, for its {@link Connection} and {@link Conversation}. The container calls it for
 * one message at a time.
 *
 * <p>Messages come in pieces, so that their size can be bounded in every container (see {@link Assembler}). The decoders
 * are applied to complete messages.
 */
final class IncomingPieces {
    private final ClientText.Decoder texts = new ClientText.Decoder();
    private final ClientBinary.Decoder binaries = new ClientBinary.Decoder();
    private final Connections connections;
    private final Connection connection;
    private final Conversation conversation;
    private final Assembler assembler;

    private IncomingPieces(Connections connections, ConnectedMember member, int binary) {
        this.connections = connections;
        this.connection = member.connection();
        this.conversation = member.conversation();
        this.assembler = new Assembler(connections.rules().limits().text(), binary, connection.memory.assembled());
    }

    /** A session was opened. WildFly 39 calls this on one of its I/O threads if the endpoint is no annotated class; it waits for nothing. */
    static IncomingPieces open(Connections connections, Session session) {
        int binary = connections.rules().limits().binary() + BinaryFrame.MAX_OVERHEAD;
        // With 0, the default, Tyrus 2.2 schedules a task at every send. Parley's own heartbeat finds idle connections.
        session.setMaxIdleTimeout(-1);
        // The default of Tomcat is 8 KiB.
        session.setMaxTextMessageBufferSize(connections.rules().limits().text());
        session.setMaxBinaryMessageBufferSize(binary);
        Transport transport = Transport.of(session);
        return new IncomingPieces(connections, connections.open(session, transport), binary);
    }

    void text(String piece, boolean last) {
        connection.keepAlive.heard();
        try {
            String whole = assembler.text(piece, last);
            if (whole == null) {
                fragment(piece.length());
            } else {
                handle(whole);
            }
        } catch (Assembler.TooLarge e) {
            tooLarge(e);
        } catch (Assembler.NoMemory e) {
            connection.close(CloseCode.TOO_SLOW, e.getMessage());
        }
    }

    void binary(ByteBuffer piece, boolean last) {
        connection.keepAlive.heard();
        FrameGate gate = connection.transport.gate();
        try {
            if (gate != null && gate.isText(last)) {
                text(piece, last);
                return;
            }
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

    /** The gate has made a binary message of a text. */
    private void text(ByteBuffer piece, boolean last) throws Assembler.TooLarge, Assembler.NoMemory {
        try {
            String whole = assembler.text(piece, last);
            if (whole != null) {
                handle(whole);
            }
        } catch (CharacterCodingException e) {
            connection.close(CloseCode.NOT_UTF8, "a text that is not UTF-8");
        }
    }

    private void handle(String whole) {
        conversation.receive(() -> conversation.handle(texts.decode(whole).messages()));
    }

    /**
     * The limit is for the content, without Parley's header. So a larger frame is accepted if its header can be read, and is
     * too large if not.
     */
    private void handle(ByteBuffer whole) {
        int limit = connections.rules().limits().binary();
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

    void pong(PongMessage pong) {
        connection.incoming.pong(pong.getApplicationData());
    }

    void closed(CloseReason reason) {
        connection.closed(reason.getCloseCode().getCode());
    }

    /** TCP has failed, or the container could not read the frames. */
    void failed(Throwable cause) {
        connection.readFailed(cause);
    }
}

package dev.parley.wire;

import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import jakarta.websocket.DecodeException;
import jakarta.websocket.EncodeException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The messages of one binary frame from a server: one message with bytes, which is an entry or what was fetched; or, in {@value
 * Subprotocol#V2}, any number of messages without bytes. Immutable.
 */
public record ServerBinary(List<ServerMessage> messages) {
    public ServerBinary {
        messages = List.copyOf(messages);
    }

    /** The frame of one message with bytes. */
    public ServerBinary(ServerMessage message) {
        this(List.of(message));
    }

    /** For the server. Stateless, thread-safe. */
    public static final class Encoder implements jakarta.websocket.Encoder.Binary<ServerBinary> {
        /** @throws EncodeException with a {@link ParleyException} as its cause if it is not one message with bytes */
        @Override
        public ByteBuffer encode(ServerBinary frame) throws EncodeException {
            try {
                if (frame.messages.size() != 1) {
                    throw ParleyException.badRequest("a message with bytes has a frame of its own");
                }
                return BinaryFrame.encode(frame.messages.get(0));
            } catch (ParleyException e) {
                throw new EncodeException(frame, e.getMessage(), e);
            }
        }
    }

    /** For the client. Stateless, thread-safe. */
    public static final class Decoder implements jakarta.websocket.Decoder.Binary<ServerBinary> {
        @Override
        public boolean willDecode(ByteBuffer frame) {
            return true;
        }

        /** @throws DecodeException with a {@link ParleyException} as its cause */
        @Override
        public ServerBinary decode(ByteBuffer frame) throws DecodeException {
            try {
                return new ServerBinary(BinaryFrame.readServer(BinaryFrame.copy(frame)));
            } catch (ParleyException e) {
                throw new DecodeException(frame, e.getMessage(), e);
            }
        }
    }
}

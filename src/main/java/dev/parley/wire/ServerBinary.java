package dev.parley.wire;

import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import jakarta.websocket.DecodeException;
import jakarta.websocket.EncodeException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The message of one binary frame from a server: an entry, or bytes that were fetched. Immutable. */
public record ServerBinary(ServerMessage message) {
    public ServerBinary {
        Objects.requireNonNull(message);
    }

    /** For the server. Stateless, thread-safe. */
    public static final class Encoder implements jakarta.websocket.Encoder.Binary<ServerBinary> {
        /** @throws EncodeException with a {@link ParleyException} as its cause if it has no bytes */
        @Override
        public ByteBuffer encode(ServerBinary frame) throws EncodeException {
            try {
                return BinaryFrame.encode(frame.message);
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

package dev.parley.wire;

import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import jakarta.websocket.EncodeException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The message of one binary frame from a client: a {@code say}, or a {@link ClientMessage.Invalid} with the reason.
 * Immutable.
 */
public record ClientBinary(ClientMessage message) {
    public ClientBinary {
        Objects.requireNonNull(message);
    }

    /** For the client. Stateless, thread-safe. */
    public static final class Encoder implements jakarta.websocket.Encoder.Binary<ClientBinary> {
        /**
         * @throws EncodeException with a {@link ParleyException} as its cause if the message is no {@code say} with an
         *     attachment
         */
        @Override
        public ByteBuffer encode(ClientBinary frame) throws EncodeException {
            try {
                if (frame.message instanceof ClientMessage.Say say) {
                    return BinaryFrame.encode(say);
                }
                throw ParleyException.badRequest("a binary frame can only carry a say");
            } catch (ParleyException e) {
                throw new EncodeException(frame, e.getMessage(), e);
            }
        }
    }

    /** For the server; never throws. Stateless, thread-safe. */
    public static final class Decoder implements jakarta.websocket.Decoder.Binary<ClientBinary> {
        @Override
        public boolean willDecode(ByteBuffer frame) {
            return true;
        }

        @Override
        public ClientBinary decode(ByteBuffer frame) {
            return new ClientBinary(BinaryFrame.readClient(BinaryFrame.copy(frame)));
        }
    }
}

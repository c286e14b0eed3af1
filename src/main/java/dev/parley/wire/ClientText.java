package dev.parley.wire;

import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import jakarta.websocket.EncodeException;
import java.util.List;

/** The messages of one text frame from a client. Immutable. */
public record ClientText(List<ClientMessage> messages) {
    public ClientText {
        messages = List.copyOf(messages);
    }

    /** For the client. Stateless, thread-safe. */
    public static final class Encoder implements jakarta.websocket.Encoder.Text<ClientText> {
        /**
         * @throws EncodeException with a {@link ParleyException} as its cause if no text frame can carry the messages
         */
        @Override
        public String encode(ClientText frame) throws EncodeException {
            try {
                return MessageJson.frame(frame.messages);
            } catch (ParleyException e) {
                throw new EncodeException(frame, e.getMessage(), e);
            }
        }
    }

    /** For the server; never throws. Stateless, thread-safe. */
    public static final class Decoder implements jakarta.websocket.Decoder.Text<ClientText> {
        @Override
        public boolean willDecode(String frame) {
            return true;
        }

        @Override
        public ClientText decode(String frame) {
            return new ClientText(MessageJson.readClient(frame));
        }
    }
}

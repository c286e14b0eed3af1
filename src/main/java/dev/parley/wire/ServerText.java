package dev.parley.wire;

import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import jakarta.websocket.DecodeException;
import java.util.List;

/** The messages of one text frame from a server. Immutable. */
public record ServerText(List<ServerMessage> messages) {
    public ServerText {
        messages = List.copyOf(messages);
    }

    /** For the server. Stateless, thread-safe. */
    public static final class Encoder implements jakarta.websocket.Encoder.Text<ServerText> {
        /** @throws IllegalArgumentException if there is no message */
        @Override
        public String encode(ServerText frame) {
            return EncodedText.of(frame.messages).frame();
        }
    }

    /** For the client. Stateless, thread-safe. */
    public static final class Decoder implements jakarta.websocket.Decoder.Text<ServerText> {
        @Override
        public boolean willDecode(String frame) {
            return true;
        }

        /** @throws DecodeException with a {@link ParleyException} as its cause */
        @Override
        public ServerText decode(String frame) throws DecodeException {
            try {
                return new ServerText(MessageJson.readServer(frame));
            } catch (ParleyException e) {
                throw new DecodeException(frame, e.getMessage(), e);
            }
        }
    }
}

package dev.parley.wire;

import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/** Messages of the server as JSON, encoded once to be sent to many. Immutable, thread-safe. */
public final class EncodedText {
    private static final int TYPICAL_LENGTH = 256;
    private static final int BRACKETS = 2;

    private final String messages;
    private final String frame;
    private final int count;
    private final int bytes;

    private EncodedText(String messages, String frame, int count, int bytes) {
        this.messages = messages;
        this.frame = frame;
        this.count = count;
        this.bytes = bytes;
    }

    public static EncodedText of(ServerMessage message) {
        JsonText json = new JsonText(TYPICAL_LENGTH);
        ServerMessageTypes.TABLE.write(message, json);
        String text = json.toString();
        return new EncodedText(text, text, 1, json.utf8Length());
    }

    /** @throws IllegalArgumentException when there is no message */
    public static EncodedText of(List<? extends ServerMessage> messages) {
        requireSome(messages);
        if (messages.size() == 1) {
            return of(messages.get(0));
        }
        JsonText json = new JsonText(TYPICAL_LENGTH * messages.size()).raw('[');
        for (ServerMessage message : messages) {
            ServerMessageTypes.TABLE.write(message, json.next());
        }
        String frame = json.raw(']').toString();
        String inner = frame.substring(1, frame.length() - 1);
        return new EncodedText(inner, frame, messages.size(), json.utf8Length() - BRACKETS);
    }

    /**
     * The text frame that carries all of {@code parts} in their order: an object where that is one message, else an
     * array.
     *
     * @throws IllegalArgumentException when there is no part
     */
    public static String frame(List<EncodedText> parts) {
        requireSome(parts);
        if (parts.size() == 1) {
            return parts.get(0).frame();
        }
        StringJoiner frame = new StringJoiner(",", "[", "]");
        for (EncodedText part : parts) {
            frame.add(part.messages);
        }
        return frame.toString();
    }

    /**
     * The whole frame that carries all of {@code parts}, with its header.
     *
     * @throws IllegalArgumentException when there is no part
     */
    public static ByteBuffer bytes(List<EncodedText> parts) {
        return Framing.text(frame(parts).getBytes(StandardCharsets.UTF_8));
    }

    /** The text frame that carries this alone; the same object at each call. */
    public String frame() {
        return frame;
    }

    /** How many messages these are. */
    public int count() {
        return count;
    }

    /** How long these are in UTF-8, without the brackets that a frame of several has, in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The JSON objects, joined by commas. */
    @Override
    public String toString() {
        return messages;
    }

    private static void requireSome(List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to send");
        }
    }
}

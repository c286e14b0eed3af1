package dev.parley.wire;

import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.util.List;

/** Text frames of the protocol {@code parley.v1} to messages, and messages to JSON. Pure functions, thread-safe. */
public final class MessageJson {
    /** The most messages that a client may send in one frame. */
    public static final int MAX_BATCH = 1000;

    private static final int TYPICAL_LENGTH = 256;

    private MessageJson() {}

    /**
     * Reads a text frame from a client: a JSON object, an array of them, or a plain line. White space and other
     * characters that can't be seen may stand around the JSON. Never throws, and always finds a message: what isn't valid is a {@link ClientMessage.Invalid}, with the {@code ref} of its object if that
     * has a valid one. A frame that isn't JSON to its end, nests deeper than 32 levels or has more than
     * {@value #MAX_BATCH} messages is one {@code Invalid} as a whole.
     */
    public static List<ClientMessage> readClient(String frame) {
        return ClientMessageReader.frame(frame);
    }

    /**
     * Reads a text frame from a server; what has an unknown type isn't in the result, which can be empty.
     *
     * @throws ParleyException with {@code badRequest} when the frame is no JSON, or a message of a known type is wrong
     */
    public static List<ServerMessage> readServer(String frame) {
        return ServerMessageReader.frame(frame);
    }

    /** One JSON object. The bytes of an attachment stand in it as Base64. */
    public static String write(ServerMessage message) {
        JsonText json = new JsonText(TYPICAL_LENGTH);
        ServerMessageTypes.TABLE.write(message, json);
        return json.toString();
    }

    /**
     * One JSON object; of a {@link ClientMessage.Line}, the line itself.
     *
     * @throws ParleyException with {@code badRequest} for what no text frame can carry: an attachment, an invalid
     *     message, a line whose first visible character is <code>{</code> or <code>[</code>
     */
    public static String write(ClientMessage message) {
        if (message instanceof ClientMessage.Line line) {
            return line(line.text().value());
        }
        JsonText json = new JsonText(TYPICAL_LENGTH);
        ClientMessageTypes.TABLE.write(message, json);
        return json.toString();
    }

    /**
     * The text frame of several messages, or of one.
     *
     * @throws ParleyException with {@code badRequest} for none, for more than {@value #MAX_BATCH}, for a line among
     *     several, and as {@link #write(ClientMessage)} does
     */
    static String frame(List<ClientMessage> messages) {
        if (messages.size() == 1) {
            return write(messages.get(0));
        }
        if (messages.isEmpty() || messages.size() > MAX_BATCH) {
            throw ParleyException.badRequest("a frame carries 1 to " + MAX_BATCH + " messages");
        }
        JsonText json = new JsonText(TYPICAL_LENGTH * messages.size()).raw('[');
        for (ClientMessage message : messages) {
            ClientMessageTypes.TABLE.write(message, json.next());
        }
        return json.raw(']').toString();
    }

    private static String line(String text) {
        if (TextFrame.isJson(text)) {
            throw ParleyException.badRequest(
                    "a line that begins with '" + TextFrame.strip(text).charAt(0) + "' would be read as JSON");
        }
        return text;
    }
}

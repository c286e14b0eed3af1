package dev.parley.wire;

import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.util.List;

/**
 * Converts text frames of the protocols {@code parley.v1} and {@code parley.v2} to messages, and messages to JSON. Pure functions,
 * thread-safe.
 */
public final class MessageJson {
    /** The most messages that a client may send in one frame. */
    public static final int MAX_BATCH = 1000;

    private static final int TYPICAL_LENGTH = 256;

    private MessageJson() {}

    /**
     * Reads a text frame from a client: a JSON object, an array of them, or a plain line. White space and other
     * invisible characters may stand before and after the JSON. Never throws, and returns at least one message: an
     * invalid object becomes a {@link ClientMessage.Invalid}, with the object's {@code ref} if that is valid. A frame
     * that is not JSON to its end, nests deeper than 32 levels or has more than {@value #MAX_BATCH} messages becomes a
     * single {@code Invalid}.
     */
    public static List<ClientMessage> readClient(String frame) {
        return ClientMessageReader.frame(frame);
    }

    /**
     * Reads a text frame from a server. A run of entries becomes its entries. Messages of unknown types are left out, so the result may
     * be empty.
     *
     * @throws ParleyException with {@code badRequest} if the frame is not JSON or a message of a known type is invalid
     */
    public static List<ServerMessage> readServer(String frame) {
        return ServerMessageReader.frame(frame);
    }

    /** One JSON object, with the bytes of an attachment as Base64. */
    public static String write(ServerMessage message) {
        JsonText json = new JsonText(TYPICAL_LENGTH);
        MessageTypes.SERVER.write(message, json);
        return json.toString();
    }

    /**
     * One JSON object; for a {@link ClientMessage.Line}, the line itself.
     *
     * @throws ParleyException with {@code badRequest} if no text frame can carry the message: an attachment, an invalid
     *     message, a line whose first visible character is <code>{</code> or <code>[</code>
     */
    public static String write(ClientMessage message) {
        if (message instanceof ClientMessage.Line line) {
            return line(line.text().value());
        }
        JsonText json = new JsonText(TYPICAL_LENGTH);
        MessageTypes.CLIENT.write(message, json);
        return json.toString();
    }

    /**
     * The text frame of one or several messages.
     *
     * @throws ParleyException with {@code badRequest} for no message, for more than {@value #MAX_BATCH}, for a line
     *     among several, and as {@link #write(ClientMessage)} does
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
            MessageTypes.CLIENT.write(message, json.next());
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

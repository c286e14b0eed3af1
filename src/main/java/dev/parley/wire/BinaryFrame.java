package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Converts binary frames to messages and back. Pure functions, thread-safe.
 *
 * <pre>
 * ┌───────────────┬──────────────────────┬───────────┐
 * │ length, 2 B,  │ header, UTF-8 JSON,  │ the bytes │
 * │ big-endian    │ of that many bytes   │           │
 * └───────────────┴──────────────────────┴───────────┘
 * </pre>
 */
public final class BinaryFrame {
    /** The longest header that is read, in bytes. All headers that are written are much shorter. */
    static final int MAX_HEADER = 4096;
    /** The most bytes that a frame has in addition to its content. */
    public static final int MAX_OVERHEAD = Short.BYTES + MAX_HEADER;

    private BinaryFrame() {}

    /**
     * Encodes an entry that has an attachment, or bytes that were fetched. The buffer may be sent to several peers at once if each send uses a
     * duplicate.
     *
     * @throws ParleyException with {@code badRequest} if it has no bytes
     */
    public static ByteBuffer encode(ServerMessage message) {
        if (message instanceof ServerMessage.Fetched fetched) {
            return frame(FetchedJson.header(fetched), fetched.data());
        }
        if (message instanceof Entry entry) {
            Body.Attachment attachment = attachment(entry.body());
            return frame(EntryJson.header(entry, attachment), attachment.content());
        }
        throw notBinary();
    }

    /** @throws ParleyException with {@code badRequest} if the body is a text */
    public static ByteBuffer encode(ClientMessage.Say say) {
        Body.Attachment attachment = attachment(say.body());
        return frame(SayJson.header(say, attachment), attachment.content());
    }

    /**
     * Reads a frame from a client, from its position to its limit. Never throws: an invalid frame becomes a
     * {@link ClientMessage.Invalid}.
     *
     * @param frame must not be changed afterwards: the message's content is a view of it
     */
    public static ClientMessage readClient(ByteBuffer frame) {
        ByteBuffer rest = frame.slice();
        try {
            String header = header(rest);
            return ClientMessageReader.binary(header, rest.slice());
        } catch (ParleyException e) {
            return ClientMessage.Invalid.of(null, e);
        }
    }

    /**
     * Reads a frame from a server, from its position to its limit: a message with bytes, or, in {@value Subprotocol#V2}, the same
     * JSON as in a text frame.
     *
     * @param frame must not be changed afterwards: the bytes of the message are a view of it
     * @return as {@link MessageJson#readServer}
     * @throws ParleyException with {@code badRequest} or {@code unknownType} if it is no valid message
     */
    public static List<ServerMessage> readServer(ByteBuffer frame) {
        ByteBuffer rest = frame.slice();
        if (isJson(rest)) {
            return ServerMessageReader.frame(text(rest, "the frame"));
        }
        String header = header(rest);
        return List.of(ServerMessageReader.binary(header, rest.slice()));
    }

    /** Whether the first byte begins a JSON object or array. As the length of a header, it would be above {@value #MAX_HEADER}. */
    private static boolean isJson(ByteBuffer frame) {
        return frame.hasRemaining() && (frame.get(0) == '{' || frame.get(0) == '[');
    }

    /**
     * Copies the frame, for decoders. The specification does not forbid a container to reuse its buffer, and Undertow
     * (websockets-jsr, {@code FrameHandler.toArray}) passes the array of a pooled buffer that a frame fills.
     */
    static ByteBuffer copy(ByteBuffer frame) {
        return ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip();
    }

    /** Reads the length and the header, and leaves the frame's position at the content. */
    private static String header(ByteBuffer frame) {
        if (frame.remaining() < Short.BYTES) {
            throw ParleyException.badRequest("a binary frame begins with the length of its header, in two bytes");
        }
        int length = Short.toUnsignedInt(frame.getShort());
        if (length > MAX_HEADER) {
            throw ParleyException.badRequest("the header must have at most " + MAX_HEADER + " bytes");
        }
        if (length > frame.remaining()) {
            throw ParleyException.badRequest("the header is longer than its frame");
        }
        ByteBuffer header = frame.slice(frame.position(), length);
        frame.position(frame.position() + length);
        return text(header, "the header");
    }

    private static String text(ByteBuffer bytes, String what) {
        try {
            // A new decoder reports malformed bytes; Charset.decode would replace them.
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw ParleyException.badRequest(what + " must be UTF-8");
        }
    }

    private static ByteBuffer frame(String json, ByteBuffer content) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + header.length + content.remaining())
                .putShort((short) header.length)
                .put(header)
                .put(content)
                .flip();
    }

    private static Body.Attachment attachment(Body body) {
        if (body instanceof Body.Attachment attachment) {
            return attachment;
        }
        throw notBinary();
    }

    private static ParleyException notBinary() {
        return ParleyException.badRequest("what has no bytes is sent in a text frame");
    }
}

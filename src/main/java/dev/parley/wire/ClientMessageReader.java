package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads the messages of a client; an invalid one becomes a {@link ClientMessage.Invalid}. Pure functions. */
final class ClientMessageReader {
    private static final FieldsReader READER = FieldsReader.flat(MessageTypes.CLIENT.fields());

    private ClientMessageReader() {}

    /**
     * Reads a text frame. An invalid message does not affect the others of its batch, but the whole batch must be JSON.
     */
    static List<ClientMessage> frame(String frame) {
        try {
            if (!TextFrame.isJson(frame)) {
                return List.of(line(frame));
            }
            List<Object> values = READER.read(TextFrame.strip(frame), MessageJson.MAX_BATCH);
            if (values.isEmpty()) {
                throw ParleyException.badRequest("the batch is empty");
            }
            return values.stream().map(ClientMessageReader::message).toList();
        } catch (ParleyException e) {
            return List.of(ClientMessage.Invalid.of(null, e));
        }
    }

    /**
     * Reads a frame that is not JSON. If it contains a {@code hello}, the client made a mistake, such as a prefix
     * before the JSON. Such a frame is rejected, because its secret must not be published in a room.
     */
    private static ClientMessage line(String frame) {
        if (TextFrame.isBlank(frame)) {
            throw ParleyException.badRequest(frame.isEmpty() ? "the frame is empty" : "the frame has only white space");
        }
        if (TextFrame.hasHello(frame)) {
            throw ParleyException.badRequest(
                    "the line contains a hello, but a hello must be JSON from its first character");
        }
        return new ClientMessage.Line(new Body.Text(frame));
    }

    /** Reads the header of a binary frame, which is a {@code say} even if it names no type. */
    static ClientMessage binary(String header, ByteBuffer content) {
        Ref ref = null;
        try {
            Fields fields = header(READER, header);
            ref = fields.ref();
            fields.unambiguous();
            checkType(fields, SayJson.TYPE);
            return SayJson.read(fields, EntryJson.attachment(fields, content));
        } catch (ParleyException e) {
            return ClientMessage.Invalid.of(ref, e);
        }
    }

    static Fields header(FieldsReader reader, String header) {
        String json = TextFrame.strip(header);
        List<Object> values = json.startsWith("{") ? reader.read(json, 1) : List.of();
        if (values.size() == 1 && values.get(0) instanceof Fields fields) {
            return fields;
        }
        throw ParleyException.badRequest("the header must be a JSON object");
    }

    static void checkType(Fields fields, String only) {
        String type = fields.string("type");
        if (type != null && !type.equals(only)) {
            throw new ParleyException(ErrorCode.UNKNOWN_TYPE, "the type of a binary frame can only be " + only);
        }
    }

    private static ClientMessage message(Object value) {
        if (!(value instanceof Fields fields)) {
            return new ClientMessage.Invalid(null, ErrorCode.BAD_REQUEST, "a message must be a JSON object");
        }
        Ref ref = null;
        try {
            ref = fields.ref();
            return MessageTypes.CLIENT.read(fields.unambiguous());
        } catch (ParleyException e) {
            return ClientMessage.Invalid.of(ref, e);
        }
    }
}

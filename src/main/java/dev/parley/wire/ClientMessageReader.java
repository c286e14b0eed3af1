package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ClientMessage.End.How;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Reads what a client says; whatever is wrong with it becomes a {@link ClientMessage.Invalid}. Pure functions. */
final class ClientMessageReader {
    private static final FieldsReader READER = FieldsReader.flat(Set.of(
            "type", "ref", "name", "token", "session", "tab", "room", "since", "epoch", "limit", "id", "text", "media",
            "before", "after", "seq", "on", "how"));

    private ClientMessageReader() {}

    /** Reads a text frame. The messages of a batch stand each for itself, but all of it must be JSON. */
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
     * A frame that holds a hello and yet is no JSON is a client's mistake, such as a prefix that the client adds. Its
     * secret must not be published.
     */
    private static ClientMessage line(String frame) {
        if (TextFrame.isBlank(frame)) {
            throw ParleyException.badRequest(frame.isEmpty() ? "the frame is empty" : "the frame has only white space");
        }
        if (TextFrame.hasHello(frame)) {
            throw ParleyException.badRequest(
                    "the line has a hello in it, but a hello must be JSON from its first character");
        }
        return new ClientMessage.Line(new Body.Text(frame));
    }

    /** Reads the header of a binary frame, which stands for a {@code say} whether it names a type or not. */
    static ClientMessage binary(String header, ByteBuffer content) {
        Ref ref = null;
        try {
            Fields fields = header(READER, header);
            ref = fields.ref();
            fields.unambiguous();
            checkType(fields, "say");
            return say(ref, fields, attachment(fields, content));
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

    static Body.Attachment attachment(Fields fields, ByteBuffer content) {
        if (fields.has("text")) {
            throw ParleyException.badRequest("text can't be in a binary frame");
        }
        return new Body.Attachment(fields.requiredString("media"), fields.string("name"), content);
    }

    private static ClientMessage message(Object value) {
        if (!(value instanceof Fields fields)) {
            return new ClientMessage.Invalid(null, ErrorCode.BAD_REQUEST, "a message must be a JSON object");
        }
        Ref ref = null;
        try {
            ref = fields.ref();
            return message(ref, fields.unambiguous());
        } catch (ParleyException e) {
            return ClientMessage.Invalid.of(ref, e);
        }
    }

    private static ClientMessage message(Ref ref, Fields fields) {
        return switch (fields.requiredString("type")) {
            case "hello" -> hello(ref, fields);
            case "join" -> join(ref, fields);
            case "leave" -> new ClientMessage.Leave(ref, fields.room());
            case "say" -> say(ref, fields, new Body.Text(fields.requiredString("text")));
            case "history" -> history(ref, fields);
            case "typing" -> new ClientMessage.Typing(fields.room());
            case "read" -> new ClientMessage.Read(fields.room(), fields.requiredInteger("seq"));
            case "beat" -> new ClientMessage.Beat();
            case "watch" -> new ClientMessage.Watch(ref, fields.requiredBoolean("on"));
            case "end" -> new ClientMessage.End(ref, how(fields.requiredString("how")));
            default -> throw new ParleyException(ErrorCode.UNKNOWN_TYPE, "no message has this type");
        };
    }

    private static ClientMessage hello(Ref ref, Fields fields) {
        String chosen = fields.string("name");
        UserName name = chosen == null ? null : UserName.chosen(chosen);
        return new ClientMessage.Hello(
                ref, name, fields.string("token"), fields.string("session"), fields.string("tab"));
    }

    private static ClientMessage join(Ref ref, Fields fields) {
        return new ClientMessage.Join(
                ref, fields.room(), fields.integer("since"), fields.string("epoch"), limit(fields));
    }

    private static How how(String how) {
        return switch (how) {
            case "close" -> How.CLOSE;
            case "cut" -> How.CUT;
            default -> throw ParleyException.badRequest("how must be close or cut");
        };
    }

    private static ClientMessage say(Ref ref, Fields fields, Body body) {
        return new ClientMessage.Say(ref, fields.room(), fields.string("id"), body);
    }

    private static ClientMessage history(Ref ref, Fields fields) {
        return new ClientMessage.History(
                ref, fields.room(), fields.integer("before"), fields.integer("after"), limit(fields));
    }

    private static int limit(Fields fields) {
        return fields.integer("limit", ClientMessage.DEFAULT_LIMIT);
    }
}

package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.message.ServerMessage.Wire.Frame;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a server says, for clients; passes over what a newer server may say. Pure functions. */
final class ServerMessageReader {
    private static final FieldsReader READER = FieldsReader.deep();

    private ServerMessageReader() {}

    static List<ServerMessage> frame(String frame) {
        List<ServerMessage> messages = new ArrayList<>();
        for (Object value : READER.read(frame, Integer.MAX_VALUE)) {
            if (!(value instanceof Fields fields)) {
                throw ParleyException.badRequest("a message must be a JSON object");
            }
            message(fields.unambiguous()).ifPresent(messages::add);
        }
        return List.copyOf(messages);
    }

    /** Reads the header of a binary frame. */
    static Entry binary(String header, ByteBuffer content) {
        Fields fields = ClientMessageReader.header(READER, header).unambiguous();
        ClientMessageReader.checkType(fields, "entry");
        return entry(fields, ClientMessageReader.attachment(fields, content));
    }

    private static Optional<ServerMessage> message(Fields fields) {
        ServerMessage message = switch (fields.requiredString("type")) {
            case "entry" -> entry(fields, body(fields));
            case "said" ->
                new ServerMessage.Said(
                        fields.ref(), fields.requiredRoom(), seq(fields), fields.string("id"), at(fields));
            case "typing" -> new ServerMessage.Typing(fields.requiredRoom(), user(fields));
            case "read" -> new ServerMessage.Read(fields.requiredRoom(), user(fields), seq(fields));
            case "presence" ->
                new ServerMessage.Presence(fields.requiredRoom(), user(fields), fields.requiredBoolean("online"));
            case "joined" -> joined(fields);
            case "history" ->
                new ServerMessage.History(
                        fields.ref(), fields.requiredRoom(), entries(fields), fields.requiredBoolean("more"));
            case "welcome" -> welcome(fields);
            case "left" -> new ServerMessage.Left(fields.ref(), fields.requiredRoom());
            case "error" ->
                new ServerMessage.Error(
                        fields.ref(),
                        ErrorCode.ofWire(fields.requiredString("code")),
                        fields.requiredString("message"));
            case "bye" ->
                new ServerMessage.Bye(
                        fields.requiredInt("code"), fields.requiredString("reason"), fields.integer("retryAfter"));
            case "beat" -> new ServerMessage.Beat();
            case "watching" ->
                new ServerMessage.Watching(
                        fields.ref(),
                        fields.requiredBoolean("on"),
                        fields.requiredStrings("request"),
                        fields.requiredStrings("response"));
            case "wire" -> new ServerMessage.Wire(frame(fields), at(fields), fields.integer("micros"));
            default -> null;
        };
        return Optional.ofNullable(message);
    }

    private static ServerMessage welcome(Fields fields) {
        Fields limits = Fields.required("limits", fields.object("limits"));
        return new ServerMessage.Welcome(
                fields.ref(),
                fields.requiredString("session"),
                user(fields),
                fields.requiredInteger("heartbeat"),
                new Limits(
                        limits.requiredInt("text"),
                        limits.requiredInt("binary"),
                        limits.requiredInt("queue"),
                        limits.requiredInt("rate")));
    }

    private static ServerMessage joined(Fields fields) {
        Map<UserName, Long> reads = new HashMap<>();
        if (fields.has("reads")) {
            fields.object("reads").integers().forEach((user, seq) -> reads.put(new UserName(user), seq));
        }
        return new ServerMessage.Joined(
                fields.ref(),
                fields.requiredRoom(),
                fields.requiredString("epoch"),
                seq(fields),
                fields.requiredUsers("members"),
                entries(fields),
                fields.requiredBoolean("recovered"),
                reads);
    }

    private static List<Entry> entries(Fields fields) {
        return fields.requiredObjects("entries").stream()
                .map(entry -> entry(entry, body(entry)))
                .toList();
    }

    private static Entry entry(Fields fields, Body body) {
        return new Entry(
                fields.requiredRoom(), seq(fields), fields.string("id"), fields.requiredUser("from"), at(fields), body);
    }

    private static Body body(Fields fields) {
        if (!fields.has("media")) {
            return new Body.Text(fields.requiredString("text"));
        }
        if (fields.has("text")) {
            throw ParleyException.badRequest("either text or media, not both");
        }
        return new Body.Attachment(fields.requiredString("media"), fields.string("name"), data(fields));
    }

    private static ByteBuffer data(Fields fields) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(fields.requiredString("data")));
        } catch (IllegalArgumentException e) {
            throw new ParleyException(ErrorCode.BAD_REQUEST, "data must be Base64", e);
        }
    }

    private static Instant at(Fields fields) {
        return Timestamps.parse("at", fields.requiredString("at"));
    }

    private static Frame frame(Fields fields) {
        String frame = fields.requiredString("frame");
        return switch (frame) {
            case "ping" -> Frame.PING;
            case "pong" -> Frame.PONG;
            default -> throw ParleyException.badRequest("frame must be ping or pong");
        };
    }

    private static UserName user(Fields fields) {
        return fields.requiredUser("user");
    }

    private static long seq(Fields fields) {
        return fields.requiredInteger("seq");
    }
}

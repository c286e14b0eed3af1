package dev.parley.wire;

import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.ServerMessage;
import dev.parley.message.ServerMessage.Wire.Frame;
import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The message types that a server sends, one row for each: its name, its record, the function that reads it and the
 * function that writes it. In this package, a new type needs a row here and nothing else. Fields are written in the
 * order of the tables in the protocol.
 */
final class ServerMessageTypes {
    /** In the order in which they are written. */
    private static final List<Permission> EVERYTHING = List.of(Permission.values());

    static final MessageTable<ServerMessage> TABLE = new MessageTable<>(List.of(
            MessageType.of(EntryJson.TYPE, Entry.class, EntryJson::read, EntryJson::write),
            MessageType.of(
                    "said",
                    ServerMessage.Said.class,
                    fields -> new ServerMessage.Said(
                            fields.ref(),
                            fields.requiredRoom(),
                            fields.requiredInteger("seq"),
                            fields.string("id"),
                            fields.requiredTime("at")),
                    (said, json) -> json.ref(said.ref())
                            .field("room", said.room())
                            .field("seq", said.seq())
                            .field("id", said.id())
                            .field("at", said.at())),
            MessageType.of(
                    "typing",
                    ServerMessage.Typing.class,
                    fields -> new ServerMessage.Typing(fields.requiredRoom(), fields.requiredUser("user")),
                    (typing, json) -> json.field("room", typing.room()).field("user", typing.user())),
            MessageType.of(
                    "read",
                    ServerMessage.Read.class,
                    fields -> new ServerMessage.Read(
                            fields.requiredRoom(), fields.requiredUser("user"), fields.requiredInteger("seq")),
                    (read, json) -> json.field("room", read.room())
                            .field("user", read.user())
                            .field("seq", read.seq())),
            MessageType.of(
                    "presence",
                    ServerMessage.Presence.class,
                    fields -> new ServerMessage.Presence(
                            fields.requiredRoom(), fields.requiredUser("user"), fields.requiredBoolean("online")),
                    (presence, json) -> json.field("room", presence.room())
                            .field("user", presence.user())
                            .field("online", presence.online())),
            MessageType.of(
                    "granted",
                    ServerMessage.Granted.class,
                    fields -> new ServerMessage.Granted(fields.requiredRoom(), may(fields.requiredStrings("may"))),
                    (granted, json) -> json.field("room", granted.room()).field("may", may(granted.may()))),
            MessageType.of("joined", ServerMessage.Joined.class, ServerMessageTypes::joined, ServerMessageTypes::write),
            MessageType.of(
                    "history",
                    ServerMessage.History.class,
                    fields -> new ServerMessage.History(
                            fields.ref(),
                            fields.requiredRoom(),
                            EntryJson.readAll(fields),
                            fields.requiredBoolean("more")),
                    (history, json) -> {
                        EntryJson.writeAll(
                                history.entries(), json.ref(history.ref()).field("room", history.room()));
                        json.field("more", history.more());
                    }),
            MessageType.of(
                    "welcome", ServerMessage.Welcome.class, ServerMessageTypes::welcome, ServerMessageTypes::write),
            MessageType.of(
                    "left",
                    ServerMessage.Left.class,
                    fields -> new ServerMessage.Left(fields.ref(), fields.requiredRoom(), fields.string("reason")),
                    (left, json) ->
                            json.ref(left.ref()).field("room", left.room()).field("reason", left.reason())),
            MessageType.of(
                    "error",
                    ServerMessage.Error.class,
                    fields -> new ServerMessage.Error(
                            fields.ref(),
                            ErrorCode.ofWire(fields.requiredString("code")),
                            fields.requiredString("message")),
                    (error, json) -> json.ref(error.ref())
                            .field("code", error.code().wire())
                            .field("message", error.message())),
            MessageType.of(
                    "bye",
                    ServerMessage.Bye.class,
                    fields -> new ServerMessage.Bye(
                            fields.requiredInt("code"), fields.requiredString("reason"), fields.integer("retryAfter")),
                    (bye, json) -> json.field("code", bye.code())
                            .field("reason", bye.reason())
                            .field("retryAfter", bye.retryAfter())),
            MessageType.of("beat", ServerMessage.Beat.class, fields -> new ServerMessage.Beat(), (beat, json) -> {}),
            MessageType.of(
                    "watching",
                    ServerMessage.Watching.class,
                    fields -> new ServerMessage.Watching(
                            fields.ref(),
                            fields.requiredBoolean("on"),
                            fields.requiredStrings("request"),
                            fields.requiredStrings("response")),
                    (watching, json) -> json.ref(watching.ref())
                            .field("on", watching.on())
                            .field("request", watching.request())
                            .field("response", watching.response())),
            MessageType.of(
                    "wire",
                    ServerMessage.Wire.class,
                    fields -> new ServerMessage.Wire(
                            frame(fields.requiredString("frame")), fields.requiredTime("at"), fields.integer("micros")),
                    (wire, json) -> json.field("frame", wire.frame())
                            .field("at", wire.at())
                            .field("micros", wire.micros()))));

    private ServerMessageTypes() {}

    private static Frame frame(String frame) {
        return switch (frame) {
            case "ping" -> Frame.PING;
            case "pong" -> Frame.PONG;
            default -> throw ParleyException.badRequest("frame must be ping or pong");
        };
    }

    private static ServerMessage.Joined joined(Fields fields) {
        Map<UserName, Long> reads = new HashMap<>();
        if (fields.has("reads")) {
            fields.object("reads").integers().forEach((user, seq) -> reads.put(new UserName(user), seq));
        }
        return new ServerMessage.Joined(
                fields.ref(),
                fields.requiredRoom(),
                fields.requiredString("epoch"),
                fields.requiredInteger("seq"),
                fields.requiredUsers("members"),
                EntryJson.readAll(fields),
                fields.requiredBoolean("recovered"),
                reads,
                fields.has("may") ? may(fields.requiredStrings("may")) : Set.copyOf(EVERYTHING));
    }

    /** A newer server may name permissions that are not known here. */
    private static Set<Permission> may(List<String> named) {
        return EVERYTHING.stream()
                .filter(one -> one == Permission.READ || named.contains(one.wire()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> may(Set<Permission> permissions) {
        return EVERYTHING.stream()
                .filter(one -> one != Permission.READ && permissions.contains(one))
                .map(Permission::wire)
                .toList();
    }

    private static void write(ServerMessage.Joined joined, JsonText json) {
        json.ref(joined.ref()).field("room", joined.room());
        json.field("epoch", joined.epoch()).field("seq", joined.seq());
        json.field("members", joined.members().stream().map(UserName::value).toList());
        EntryJson.writeAll(joined.entries(), json);
        json.field("recovered", joined.recovered());
        if (!joined.reads().isEmpty()) {
            json.name("reads").raw('{');
            // No user name needs escapes.
            joined.reads().forEach((user, seq) -> json.field(user.value(), seq));
            json.end();
        }
        if (!joined.may().containsAll(EVERYTHING)) {
            json.field("may", may(joined.may()));
        }
    }

    private static ServerMessage.Welcome welcome(Fields fields) {
        Fields limits = Fields.required("limits", fields.object("limits"));
        return new ServerMessage.Welcome(
                fields.ref(),
                fields.requiredString("session"),
                fields.requiredUser("user"),
                fields.requiredInteger("heartbeat"),
                new Limits(
                        limits.requiredInt("text"),
                        limits.requiredInt("binary"),
                        limits.requiredInt("queue"),
                        limits.requiredInt("rate")),
                fields.integer("expires"));
    }

    private static void write(ServerMessage.Welcome welcome, JsonText json) {
        json.ref(welcome.ref()).field("session", welcome.session());
        json.field("user", welcome.user()).field("heartbeat", welcome.heartbeat());
        Limits limits = welcome.limits();
        json.name("limits")
                .raw('{')
                .field("text", limits.text())
                .field("binary", limits.binary())
                .field("queue", limits.queue())
                .field("rate", limits.rate())
                .end();
        json.field("expires", welcome.expires());
    }
}

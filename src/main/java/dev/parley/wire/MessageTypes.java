package dev.parley.wire;

import dev.parley.message.ClientMessage;
import dev.parley.message.ClientMessage.End.How;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.message.ServerMessage.Wire.Frame;
import java.util.List;

/**
 * All message types of the protocol, one row for each: its name, its record, the function that reads it, and the
 * function that writes it. In this package, a new type needs a row here and nothing else. Fields are written in the
 * order of the tables in the protocol.
 */
final class MessageTypes {
    /** What a client sends. */
    static final MessageTable<ClientMessage> CLIENT = new MessageTable<>(List.of(
            MessageType.of("hello", ClientMessage.Hello.class, HelloJson::read, HelloJson::write),
            MessageType.of(
                    "join",
                    ClientMessage.Join.class,
                    fields -> new ClientMessage.Join(
                            fields.ref(),
                            fields.room(),
                            fields.integer("since"),
                            fields.string("epoch"),
                            limit(fields)),
                    (join, json) -> json.ref(join.ref())
                            .field("room", join.room())
                            .field("since", join.since())
                            .field("epoch", join.epoch())
                            .field("limit", join.limit())),
            MessageType.of(
                    "leave",
                    ClientMessage.Leave.class,
                    fields -> new ClientMessage.Leave(fields.ref(), fields.room()),
                    (leave, json) -> json.ref(leave.ref()).field("room", leave.room())),
            MessageType.of(SayJson.TYPE, ClientMessage.Say.class, SayJson::read, SayJson::write),
            MessageType.of(
                    "history",
                    ClientMessage.History.class,
                    fields -> new ClientMessage.History(
                            fields.ref(),
                            fields.room(),
                            fields.integer("before"),
                            fields.integer("after"),
                            limit(fields)),
                    (history, json) -> json.ref(history.ref())
                            .field("room", history.room())
                            .field("before", history.before())
                            .field("after", history.after())
                            .field("limit", history.limit())),
            MessageType.of(
                    "fetch",
                    ClientMessage.Fetch.class,
                    fields -> new ClientMessage.Fetch(
                            fields.ref(),
                            fields.room(),
                            fields.requiredInteger("seq"),
                            fields.has("offset") ? fields.requiredInteger("offset") : 0,
                            fields.integer("length")),
                    (fetch, json) -> json.ref(fetch.ref())
                            .field("room", fetch.room())
                            .field("seq", fetch.seq())
                            .field("offset", fetch.offset())
                            .field("length", fetch.length())),
            MessageType.of(
                    "typing",
                    ClientMessage.Typing.class,
                    fields -> new ClientMessage.Typing(fields.room()),
                    (typing, json) -> json.field("room", typing.room())),
            MessageType.of(SignalJson.TYPE, ClientMessage.Signal.class, SignalJson::read, SignalJson::write),
            MessageType.of(
                    "read",
                    ClientMessage.Read.class,
                    fields -> new ClientMessage.Read(fields.room(), fields.requiredInteger("seq")),
                    (read, json) -> json.field("room", read.room()).field("seq", read.seq())),
            MessageType.of(
                    "create",
                    ClientMessage.Create.class,
                    fields -> new ClientMessage.Create(
                            fields.ref(), fields.room(), fields.has("closed") && fields.requiredBoolean("closed")),
                    (create, json) -> {
                        json.ref(create.ref()).field("room", create.room());
                        if (create.closed()) {
                            json.field("closed", true);
                        }
                    }),
            MessageType.of("moderate", ClientMessage.Moderate.class, ModerateJson::read, ModerateJson::write),
            MessageType.of("beat", ClientMessage.Beat.class, fields -> new ClientMessage.Beat(), (beat, json) -> {}),
            MessageType.of(
                    "watch",
                    ClientMessage.Watch.class,
                    fields -> new ClientMessage.Watch(fields.ref(), fields.requiredBoolean("on")),
                    (watch, json) -> json.ref(watch.ref()).field("on", watch.on())),
            MessageType.of(
                    "end",
                    ClientMessage.End.class,
                    fields -> new ClientMessage.End(fields.ref(), how(fields.requiredString("how"))),
                    (end, json) -> json.ref(end.ref()).field("how", end.how()))));

    /** What a server sends. */
    static final MessageTable<ServerMessage> SERVER = new MessageTable<>(List.of(
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
            MessageType.of(SignalJson.TYPE, ServerMessage.Signal.class, SignalJson::readServer, SignalJson::write),
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
                            fields.requiredRoom(),
                            fields.requiredUser("user"),
                            CallerJson.read(fields),
                            fields.requiredBoolean("online")),
                    (presence, json) -> CallerJson.write(
                                    presence.caller(),
                                    json.field("room", presence.room()).field("user", presence.user()))
                            .field("online", presence.online())),
            MessageType.of(
                    "erased",
                    ServerMessage.Erased.class,
                    fields -> new ServerMessage.Erased(
                            fields.requiredRoom(),
                            fields.requiredInteger("seq"),
                            fields.user("from"),
                            fields.has("older") && fields.requiredBoolean("older")),
                    (erased, json) -> {
                        json.field("room", erased.room())
                                .field("seq", erased.seq())
                                .field("from", erased.from());
                        if (erased.older()) {
                            json.field("older", true);
                        }
                    }),
            MessageType.of(
                    "renamed",
                    ServerMessage.Renamed.class,
                    fields -> new ServerMessage.Renamed(fields.requiredUser("user"), fields.requiredString("reason")),
                    (renamed, json) -> json.field("user", renamed.user()).field("reason", renamed.reason())),
            MessageType.of(
                    "granted",
                    ServerMessage.Granted.class,
                    fields -> new ServerMessage.Granted(
                            fields.requiredRoom(),
                            JoinedJson.may(fields.requiredStrings("may")),
                            fields.integer("slow", 0)),
                    (granted, json) -> json.field("room", granted.room())
                            .field("may", JoinedJson.may(granted.may()))
                            .field("slow", JoinedJson.slow(granted.slow()))),
            MessageType.of(
                    "moderated",
                    ServerMessage.Moderated.class,
                    fields -> new ServerMessage.Moderated(
                            fields.ref(),
                            fields.requiredRoom(),
                            ModerationAction.ofWire(fields.requiredString("action"))),
                    (moderated, json) -> json.ref(moderated.ref())
                            .field("room", moderated.room())
                            .field("action", moderated.action())),
            MessageType.of(
                    "invited",
                    ServerMessage.Invited.class,
                    fields -> new ServerMessage.Invited(
                            fields.requiredRoom(),
                            fields.requiredUser("from"),
                            CallerJson.read(fields),
                            fields.requiredInteger("seq")),
                    (invited, json) -> CallerJson.write(
                                    invited.caller(),
                                    json.field("room", invited.room()).field("from", invited.from()))
                            .field("seq", invited.seq())),
            MessageType.of(
                    "inbox",
                    ServerMessage.Inbox.class,
                    fields -> new ServerMessage.Inbox(
                            fields.requiredUser("from"), CallerJson.read(fields), fields.requiredInteger("seq")),
                    (inbox, json) -> CallerJson.write(inbox.caller(), json.field("from", inbox.from()))
                            .field("seq", inbox.seq())),
            MessageType.of("joined", ServerMessage.Joined.class, JoinedJson::read, JoinedJson::write),
            MessageType.of(
                    "history",
                    ServerMessage.History.class,
                    fields -> new ServerMessage.History(
                            fields.ref(),
                            fields.requiredRoom(),
                            EntryJson.readAll(fields),
                            fields.requiredBoolean("more"),
                            fields.integer("oldest")),
                    (history, json) -> {
                        EntryJson.writeAll(
                                history.entries(), json.ref(history.ref()).field("room", history.room()));
                        json.field("more", history.more()).field("oldest", history.oldest());
                    }),
            MessageType.of(FetchedJson.TYPE, ServerMessage.Fetched.class, FetchedJson::read, FetchedJson::write),
            MessageType.of("welcome", ServerMessage.Welcome.class, WelcomeJson::read, WelcomeJson::write),
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
                            fields.requiredString("message"),
                            fields.integer("retryAfter")),
                    (error, json) -> json.ref(error.ref())
                            .field("code", error.code().wire())
                            .field("message", error.message())
                            .field("retryAfter", error.retryAfter())),
            MessageType.of("bye", ServerMessage.Bye.class, ByeJson::read, ByeJson::write),
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

    private MessageTypes() {}

    private static int limit(Fields fields) {
        return fields.integer("limit", ClientMessage.DEFAULT_LIMIT);
    }

    private static How how(String how) {
        return switch (how) {
            case "close" -> How.CLOSE;
            case "cut" -> How.CUT;
            default -> throw ParleyException.badRequest("how must be close or cut");
        };
    }

    private static Frame frame(String frame) {
        return switch (frame) {
            case "ping" -> Frame.PING;
            case "pong" -> Frame.PONG;
            default -> throw ParleyException.badRequest("frame must be ping or pong");
        };
    }
}

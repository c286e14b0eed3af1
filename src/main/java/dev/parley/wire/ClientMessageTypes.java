package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ClientMessage.End.How;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.util.List;

/**
 * The message types that a client sends, one row for each: its name, its record, the function that reads it, the
 * function that writes it, and the names of its fields. In this package, a new type needs a row here and nothing else.
 * Fields are written in the order of the tables in the protocol.
 */
final class ClientMessageTypes {
    static final String SAY = "say";

    static final MessageTable<ClientMessage> TABLE = new MessageTable<>(List.of(
            MessageType.of(
                    "hello",
                    ClientMessage.Hello.class,
                    ClientMessageTypes::hello,
                    (hello, json) -> json.ref(hello.ref())
                            .field("name", hello.name())
                            .field("token", hello.token())
                            .field("session", hello.session())
                            .field("tab", hello.tab())
                            .field("nonce", hello.nonce()),
                    "name",
                    "token",
                    "session",
                    "tab",
                    "nonce"),
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
                            .field("limit", join.limit()),
                    "room",
                    "since",
                    "epoch",
                    "limit"),
            MessageType.of(
                    "leave",
                    ClientMessage.Leave.class,
                    fields -> new ClientMessage.Leave(fields.ref(), fields.room()),
                    (leave, json) -> json.ref(leave.ref()).field("room", leave.room()),
                    "room"),
            MessageType.of(
                    SAY,
                    ClientMessage.Say.class,
                    fields -> say(fields, new Body.Text(fields.requiredString("text"))),
                    (say, json) ->
                            say.body().match(sayHead(say, json), ClientMessageTypes::text, ClientMessageTypes::noText),
                    "room",
                    "id",
                    "text",
                    "media",
                    "name"),
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
                            .field("limit", history.limit()),
                    "room",
                    "before",
                    "after",
                    "limit"),
            MessageType.of(
                    "typing",
                    ClientMessage.Typing.class,
                    fields -> new ClientMessage.Typing(fields.room()),
                    (typing, json) -> json.field("room", typing.room()),
                    "room"),
            MessageType.of(
                    "read",
                    ClientMessage.Read.class,
                    fields -> new ClientMessage.Read(fields.room(), fields.requiredInteger("seq")),
                    (read, json) -> json.field("room", read.room()).field("seq", read.seq()),
                    "room",
                    "seq"),
            MessageType.of("beat", ClientMessage.Beat.class, fields -> new ClientMessage.Beat(), (beat, json) -> {}),
            MessageType.of(
                    "watch",
                    ClientMessage.Watch.class,
                    fields -> new ClientMessage.Watch(fields.ref(), fields.requiredBoolean("on")),
                    (watch, json) -> json.ref(watch.ref()).field("on", watch.on()),
                    "on"),
            MessageType.of(
                    "end",
                    ClientMessage.End.class,
                    fields -> new ClientMessage.End(fields.ref(), how(fields.requiredString("how"))),
                    (end, json) -> json.ref(end.ref()).field("how", end.how()),
                    "how")));

    private ClientMessageTypes() {}

    private static ClientMessage.Hello hello(Fields fields) {
        String chosen = fields.string("name");
        return new ClientMessage.Hello(
                fields.ref(),
                chosen == null ? null : UserName.chosen(chosen),
                fields.string("token"),
                fields.string("session"),
                fields.string("tab"),
                fields.string("nonce"));
    }

    private static int limit(Fields fields) {
        return fields.integer("limit", ClientMessage.DEFAULT_LIMIT);
    }

    static ClientMessage.Say say(Fields fields, Body body) {
        return new ClientMessage.Say(fields.ref(), fields.room(), fields.string("id"), body);
    }

    /** The header of a binary frame. */
    static String header(ClientMessage.Say say, Body.Attachment attachment) {
        JsonText json = sayHead(say, new JsonText(256).begin(SAY));
        return EntryJson.attachment(json, attachment).end().toString();
    }

    private static JsonText sayHead(ClientMessage.Say say, JsonText json) {
        return json.ref(say.ref()).field("room", say.room()).field("id", say.id());
    }

    private static JsonText text(JsonText json, Body.Text text) {
        return json.field("text", text.value());
    }

    private static JsonText noText(JsonText json, Body.Attachment attachment) {
        throw ParleyException.badRequest("an attachment is sent in a binary frame");
    }

    private static How how(String how) {
        return switch (how) {
            case "close" -> How.CLOSE;
            case "cut" -> How.CUT;
            default -> throw ParleyException.badRequest("how must be close or cut");
        };
    }
}

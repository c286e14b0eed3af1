package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import java.util.Locale;

/** Writes what a client says. Pure functions. */
final class ClientMessageWriter {
    private ClientMessageWriter() {}

    /** @throws ParleyException with {@code badRequest} for what has no JSON: see {@link MessageJson#write} */
    static void write(JsonText json, ClientMessage message) {
        if (message instanceof ClientMessage.Hello hello) {
            json.begin("hello").ref(hello.ref());
            json.field("name", hello.name() == null ? null : hello.name().value());
            json.field("token", hello.token()).field("session", hello.session()).field("tab", hello.tab());
        } else if (message instanceof ClientMessage.Join join) {
            json.begin("join").ref(join.ref()).field("room", join.room().value());
            json.field("since", join.since()).field("epoch", join.epoch()).field("limit", join.limit());
        } else if (message instanceof ClientMessage.Leave leave) {
            json.begin("leave").ref(leave.ref()).field("room", leave.room().value());
        } else if (message instanceof ClientMessage.Say say) {
            if (!(say.body() instanceof Body.Text text)) {
                throw ParleyException.badRequest("bytes are said in a binary frame");
            }
            say(json, say).field("text", text.value());
        } else if (message instanceof ClientMessage.History history) {
            json.begin("history")
                    .ref(history.ref())
                    .field("room", history.room().value());
            json.field("before", history.before()).field("after", history.after());
            json.field("limit", history.limit());
        } else if (message instanceof ClientMessage.Typing typing) {
            json.begin("typing").field("room", typing.room().value());
        } else if (message instanceof ClientMessage.Read read) {
            json.begin("read").field("room", read.room().value()).field("seq", read.seq());
        } else if (message instanceof ClientMessage.Beat) {
            json.begin("beat");
        } else if (message instanceof ClientMessage.Watch watch) {
            json.begin("watch").ref(watch.ref()).field("on", watch.on());
        } else if (message instanceof ClientMessage.End end) {
            json.begin("end").ref(end.ref());
            json.field("how", end.how().name().toLowerCase(Locale.ROOT));
        } else {
            throw ParleyException.badRequest("a plain line or an invalid message has no JSON");
        }
        json.end();
    }

    /** The header of a binary frame. */
    static String header(ClientMessage.Say say, Body.Attachment attachment) {
        JsonText json = new JsonText(256);
        say(json, say).field("media", attachment.media()).field("name", attachment.name());
        return json.end().toString();
    }

    private static JsonText say(JsonText json, ClientMessage.Say say) {
        json.begin("say").ref(say.ref());
        json.field("room", say.room() == null ? null : say.room().value());
        return json.field("id", say.id());
    }
}

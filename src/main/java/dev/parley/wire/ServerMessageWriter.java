package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Limits;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what the server says, each field in the order of the protocol's tables. Pure functions. */
final class ServerMessageWriter {
    private ServerMessageWriter() {}

    static void write(JsonText json, ServerMessage message) {
        // The order is that of their numbers on a busy server.
        if (message instanceof Entry entry) {
            entry(json, entry);
        } else if (message instanceof ServerMessage.Said said) {
            json.begin("said").ref(said.ref()).field("room", said.room().value());
            json.field("seq", said.seq()).field("id", said.id()).field("at", said.at());
        } else if (message instanceof ServerMessage.Typing typing) {
            json.begin("typing").field("room", typing.room().value());
            json.field("user", typing.user().value());
        } else if (message instanceof ServerMessage.Read read) {
            json.begin("read").field("room", read.room().value());
            json.field("user", read.user().value()).field("seq", read.seq());
        } else if (message instanceof ServerMessage.Presence presence) {
            json.begin("presence").field("room", presence.room().value());
            json.field("user", presence.user().value()).field("online", presence.online());
        } else if (message instanceof ServerMessage.Joined joined) {
            joined(json, joined);
        } else if (message instanceof ServerMessage.History history) {
            json.begin("history")
                    .ref(history.ref())
                    .field("room", history.room().value());
            entries(json, history.entries());
            json.field("more", history.more());
        } else if (message instanceof ServerMessage.Welcome welcome) {
            welcome(json, welcome);
        } else if (message instanceof ServerMessage.Left left) {
            json.begin("left").ref(left.ref()).field("room", left.room().value());
        } else if (message instanceof ServerMessage.Error error) {
            json.begin("error").ref(error.ref());
            json.field("code", error.code().wire()).field("message", error.message());
        } else if (message instanceof ServerMessage.Bye bye) {
            json.begin("bye").field("code", bye.code());
            json.field("reason", bye.reason()).field("retryAfter", bye.retryAfter());
        } else if (message instanceof ServerMessage.Wire wire) {
            json.begin("wire").field("frame", wire.frame().name().toLowerCase(Locale.ROOT));
            json.field("at", wire.at()).field("micros", wire.micros());
        } else if (message instanceof ServerMessage.Watching watching) {
            json.begin("watching").ref(watching.ref()).field("on", watching.on());
            strings(json, "request", watching.request());
            strings(json, "response", watching.response());
        } else {
            json.begin("beat");
        }
        json.end();
    }

    /** The header of a binary frame. */
    static String header(Entry entry, Body.Attachment attachment) {
        JsonText json = new JsonText(256);
        return attachment(head(json, entry), attachment).end().toString();
    }

    private static void entry(JsonText json, Entry entry) {
        head(json, entry);
        if (entry.body() instanceof Body.Attachment attachment) {
            byte[] data = Base64.getEncoder().encode(attachment.content()).array();
            attachment(json, attachment).field("data", new String(data, StandardCharsets.ISO_8859_1));
        } else {
            json.field("text", ((Body.Text) entry.body()).value());
        }
    }

    private static JsonText head(JsonText json, Entry entry) {
        json.begin("entry").field("room", entry.room().value()).field("seq", entry.seq());
        return json.field("id", entry.id()).field("from", entry.from().value()).field("at", entry.at());
    }

    private static JsonText attachment(JsonText json, Body.Attachment attachment) {
        return json.field("media", attachment.media()).field("name", attachment.name());
    }

    private static void welcome(JsonText json, ServerMessage.Welcome welcome) {
        json.begin("welcome").ref(welcome.ref()).field("session", welcome.session());
        json.field("user", welcome.user().value()).field("heartbeat", welcome.heartbeat());
        Limits limits = welcome.limits();
        json.name("limits")
                .raw('{')
                .field("text", limits.text())
                .field("binary", limits.binary())
                .field("queue", limits.queue())
                .field("rate", limits.rate());
        json.end();
    }

    private static void joined(JsonText json, ServerMessage.Joined joined) {
        json.begin("joined").ref(joined.ref()).field("room", joined.room().value());
        json.field("epoch", joined.epoch()).field("seq", joined.seq());
        strings(json, "members", joined.members().stream().map(UserName::value).toList());
        entries(json, joined.entries());
        json.field("recovered", joined.recovered());
        if (!joined.reads().isEmpty()) {
            reads(json, joined.reads());
        }
    }

    private static void strings(JsonText json, String name, List<String> values) {
        json.name(name).raw('[');
        values.forEach(value -> json.next().string(value));
        json.raw(']');
    }

    private static void reads(JsonText json, Map<UserName, Long> reads) {
        json.name("reads").raw('{');
        // No user's name needs escapes.
        reads.forEach((user, seq) -> json.field(user.value(), seq));
        json.end();
    }

    private static void entries(JsonText json, List<Entry> entries) {
        json.name("entries").raw('[');
        for (Entry entry : entries) {
            entry(json.next(), entry);
            json.end();
        }
        json.raw(']');
    }
}

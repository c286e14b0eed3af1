package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;

/** Converts signals of clients and of a server to JSON and back. Pure functions. */
final class SignalJson {
    static final String TYPE = "signal";

    private SignalJson() {}

    static ClientMessage.Signal read(Fields fields) {
        return new ClientMessage.Signal(fields.ref(), fields.room(), DataJson.readClient(fields));
    }

    static void write(ClientMessage.Signal signal, JsonText json) {
        content(signal.body(), json.ref(signal.ref()).field("room", signal.room()));
    }

    static ServerMessage.Signal readServer(Fields fields) {
        return new ServerMessage.Signal(
                fields.requiredRoom(), fields.requiredUser("from"), CallerJson.read(fields), DataJson.read(fields));
    }

    static void write(ServerMessage.Signal signal, JsonText json) {
        json.field("room", signal.room()).field("from", signal.from());
        content(signal.body(), CallerJson.write(signal.caller(), json));
    }

    private static void content(Body body, JsonText json) {
        body.match(json, SignalJson::text, DataJson::write, SignalJson::neither, SignalJson::neither);
    }

    private static JsonText text(JsonText json, Body.Text text) {
        return json.field("text", text.value());
    }

    private static JsonText neither(JsonText json, Body other) {
        throw ParleyException.badRequest("a signal has a text or data");
    }
}

package dev.parley.wire;

import dev.parley.message.Limits;
import dev.parley.message.ServerMessage;

/** Converts {@code welcome} to JSON and back. Pure functions. */
final class WelcomeJson {
    private WelcomeJson() {}

    static ServerMessage.Welcome read(Fields fields) {
        Fields limits = Fields.required("limits", fields.object("limits"));
        return new ServerMessage.Welcome(
                fields.ref(),
                fields.requiredString("session"),
                fields.requiredUser("user"),
                CallerJson.read(fields),
                fields.requiredInteger("heartbeat"),
                new Limits(
                        limits.requiredInt("text"),
                        limits.requiredInt("binary"),
                        limits.requiredInt("queue"),
                        limits.requiredInt("rate")),
                fields.integer("expires"));
    }

    static void write(ServerMessage.Welcome welcome, JsonText json) {
        json.ref(welcome.ref()).field("session", welcome.session());
        CallerJson.write(welcome.caller(), json.field("user", welcome.user())).field("heartbeat", welcome.heartbeat());
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

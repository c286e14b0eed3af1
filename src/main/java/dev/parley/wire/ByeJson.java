package dev.parley.wire;

import dev.parley.message.ServerMessage;
import dev.parley.message.SignIn;

/** Converts {@code bye} to JSON and back. Pure functions. */
final class ByeJson {
    private ByeJson() {}

    static ServerMessage.Bye read(Fields fields) {
        Fields signIn = fields.object("signIn");
        return new ServerMessage.Bye(
                fields.requiredInt("code"),
                fields.requiredString("reason"),
                fields.integer("retryAfter"),
                signIn == null ? null : new SignIn(signIn.requiredBoolean("token"), signIn.string("page")));
    }

    static void write(ServerMessage.Bye bye, JsonText json) {
        json.field("code", bye.code()).field("reason", bye.reason()).field("retryAfter", bye.retryAfter());
        if (bye.signIn() != null) {
            json.name("signIn")
                    .raw('{')
                    .field("token", bye.signIn().token())
                    .field("page", bye.signIn().page())
                    .end();
        }
    }
}

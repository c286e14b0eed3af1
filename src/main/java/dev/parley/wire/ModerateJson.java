package dev.parley.wire;

import dev.parley.message.ClientMessage;
import dev.parley.message.ModerationAction;
import dev.parley.message.Role;
import dev.parley.message.UserName;

/** Converts {@code moderate} to JSON and back. Pure functions. */
final class ModerateJson {
    private ModerateJson() {}

    static ClientMessage.Moderate read(Fields fields) {
        String action = fields.string("action");
        String user = fields.string("user");
        String role = fields.string("role");
        return new ClientMessage.Moderate(
                fields.ref(),
                fields.room(),
                action == null ? null : ModerationAction.ofWire(action),
                user == null ? null : new UserName(user),
                fields.string("callerId"),
                fields.integer("seq"),
                fields.integer("seconds"),
                fields.has("address") && fields.requiredBoolean("address"),
                role == null ? null : Role.ofWire(role),
                fields.string("reason"));
    }

    static void write(ClientMessage.Moderate moderate, JsonText json) {
        json.ref(moderate.ref())
                .field("room", moderate.room())
                .field("action", moderate.action())
                .field("user", moderate.user())
                .field("callerId", moderate.callerId())
                .field("seq", moderate.seq())
                .field("seconds", moderate.seconds());
        if (moderate.address()) {
            json.field("address", true);
        }
        if (moderate.role() != null) {
            json.field("role", moderate.role());
        }
        json.field("reason", moderate.reason());
    }
}

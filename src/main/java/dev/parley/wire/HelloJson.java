package dev.parley.wire;

import dev.parley.message.ClientMessage;
import dev.parley.message.UserName;

/** Converts {@code hello} to JSON and back. Pure functions. */
final class HelloJson {
    private HelloJson() {}

    static ClientMessage.Hello read(Fields fields) {
        String chosen = fields.string("name");
        return new ClientMessage.Hello(
                fields.ref(),
                chosen == null ? null : UserName.chosen(chosen),
                fields.string("token"),
                fields.string("session"),
                fields.string("tab"),
                fields.string("nonce"),
                fields.string("attachments"));
    }

    static void write(ClientMessage.Hello hello, JsonText json) {
        json.ref(hello.ref())
                .field("name", hello.name())
                .field("token", hello.token())
                .field("session", hello.session())
                .field("tab", hello.tab())
                .field("nonce", hello.nonce())
                .field("attachments", hello.attachments());
    }
}

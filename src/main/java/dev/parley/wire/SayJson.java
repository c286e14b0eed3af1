package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import java.util.Set;

/** Converts what is said to JSON and back: a text or data in a text frame, an attachment in the header of a binary frame. */
final class SayJson {
    static final String TYPE = "say";
    /** The fields that stand for a body. */
    static final Set<String> BODY = Set.of("text", "media", "name", DataJson.KIND, DataJson.FIELD);

    private SayJson() {}

    static ClientMessage.Say read(Fields fields) {
        return read(fields, DataJson.readClient(fields));
    }

    /** @param body the body of the message; the fields do not contain it */
    static ClientMessage.Say read(Fields fields, Body body) {
        return new ClientMessage.Say(fields.ref(), fields.room(), fields.string("id"), body);
    }

    /** @throws ParleyException with {@code badRequest} if the body is an attachment */
    static void write(ClientMessage.Say say, JsonText json) {
        say.body().match(head(say, json), SayJson::text, DataJson::write, SayJson::noText, SayJson::noText);
    }

    /** The header of a binary frame. */
    static String header(ClientMessage.Say say, Body.Attachment attachment) {
        JsonText json = head(say, new JsonText(256).begin(TYPE));
        return EntryJson.attachment(json, attachment).end().toString();
    }

    private static JsonText head(ClientMessage.Say say, JsonText json) {
        return json.ref(say.ref()).field("room", say.room()).field("id", say.id());
    }

    private static JsonText text(JsonText json, Body.Text text) {
        return json.field("text", text.value());
    }

    private static JsonText noText(JsonText json, Body noText) {
        throw ParleyException.badRequest("an attachment is sent in a binary frame");
    }
}

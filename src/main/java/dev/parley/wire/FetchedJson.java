package dev.parley.wire;

import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;

/** Converts {@code fetched} to JSON and back: with its bytes as Base64, and as the header of a binary frame. Pure functions. */
final class FetchedJson {
    static final String TYPE = "fetched";

    private FetchedJson() {}

    static void write(ServerMessage.Fetched fetched, JsonText json) {
        EntryJson.data(head(fetched, json), fetched.data());
    }

    /** The header of a binary frame. */
    static String header(ServerMessage.Fetched fetched) {
        return head(fetched, new JsonText(256).begin(TYPE)).end().toString();
    }

    private static JsonText head(ServerMessage.Fetched fetched, JsonText json) {
        return json.ref(fetched.ref())
                .field("room", fetched.room())
                .field("seq", fetched.seq())
                .field("size", fetched.size())
                .field("offset", fetched.offset());
    }

    static ServerMessage.Fetched read(Fields fields) {
        return read(fields, EntryJson.data(fields));
    }

    /** @param data the bytes; the fields do not contain them */
    static ServerMessage.Fetched read(Fields fields, ByteBuffer data) {
        return new ServerMessage.Fetched(
                fields.ref(),
                fields.requiredRoom(),
                fields.requiredInteger("seq"),
                fields.requiredInteger("size"),
                fields.requiredInteger("offset"),
                data);
    }
}

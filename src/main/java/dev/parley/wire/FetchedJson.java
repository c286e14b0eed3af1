package dev.parley.wire;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Converts {@code fetched} to JSON and back: with its bytes as Base64, and as the header of a binary frame. Pure functions. */
final class FetchedJson {
    static final String TYPE = "fetched";

    private FetchedJson() {}

    static void write(ServerMessage.Fetched fetched, JsonText json) {
        byte[] data = Base64.getEncoder().encode(fetched.data()).array();
        head(fetched, json).field("data", new String(data, StandardCharsets.ISO_8859_1));
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
        try {
            return read(fields, ByteBuffer.wrap(Base64.getDecoder().decode(fields.requiredString("data"))));
        } catch (IllegalArgumentException e) {
            throw new ParleyException(ErrorCode.BAD_REQUEST, "data must be Base64", e);
        }
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

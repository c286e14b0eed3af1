package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Converts entries and their bodies to JSON and back: single, in a list, and in the header of a binary frame. Pure
 * functions.
 */
final class EntryJson {
    static final String TYPE = "entry";

    private EntryJson() {}

    /** Writes the fields of an entry, with the bytes of an attachment as Base64. */
    static void write(Entry entry, JsonText json) {
        head(entry, json);
        entry.body().match(json, EntryJson::text, EntryJson::data, EntryJson::attached, EntryJson::reference);
        erased(entry, json);
    }

    /** Writes the content of an entry without bytes, for clients that know data. */
    static void content(Entry entry, JsonText json) {
        entry.body().match(json, EntryJson::text, DataJson::write, EntryJson::attached, EntryJson::reference);
        erased(entry, json);
    }

    private static void erased(Entry entry, JsonText json) {
        if (entry.erased()) {
            json.field("erased", true);
        }
    }

    static void writeAll(List<Entry> entries, JsonText json) {
        json.name("entries").raw('[');
        for (Entry entry : entries) {
            write(entry, json.next().begin(TYPE));
            json.end();
        }
        json.raw(']');
    }

    /** The header of a binary frame. */
    static String header(Entry entry, Body.Attachment attachment) {
        JsonText json = new JsonText(256).begin(TYPE);
        head(entry, json);
        return attachment(json, attachment).end().toString();
    }

    /** Writes the fields of an attachment, without its bytes. */
    static JsonText attachment(JsonText json, Body.Attachment attachment) {
        return json.field("media", attachment.media()).field("name", attachment.name());
    }

    private static void head(Entry entry, JsonText json) {
        json.field("room", entry.room()).field("seq", entry.seq()).field("id", entry.id());
        CallerJson.write(entry.caller(), json.field("from", entry.from())).field("at", entry.at());
    }

    private static JsonText text(JsonText json, Body.Text text) {
        return json.field("text", text.value());
    }

    /** Clients that do not know data show the text. */
    private static JsonText data(JsonText json, Body.Data data) {
        return DataJson.write(json, data).field("text", data.kind());
    }

    private static JsonText attached(JsonText json, Body.Attachment attachment) {
        return data(attachment(json, attachment), attachment.content());
    }

    /** Writes bytes as Base64. */
    static JsonText data(JsonText json, ByteBuffer bytes) {
        byte[] data = Base64.getEncoder().encode(bytes).array();
        return json.field("data", new String(data, StandardCharsets.ISO_8859_1));
    }

    private static JsonText reference(JsonText json, Body.Reference reference) {
        json.field("media", reference.media()).field("name", reference.name()).field("size", reference.length());
        return reference.expired() ? json.field("expired", true) : json;
    }

    static Entry read(Fields fields) {
        return read(fields, body(fields));
    }

    /** @param body the body of the entry; the fields do not contain it */
    static Entry read(Fields fields, Body body) {
        return new Entry(
                fields.requiredRoom(),
                fields.requiredInteger("seq"),
                fields.string("id"),
                fields.requiredUser("from"),
                CallerJson.read(fields),
                fields.requiredTime("at"),
                body,
                erased(fields));
    }

    static boolean erased(Fields fields) {
        return fields.has("erased") && fields.requiredBoolean("erased");
    }

    static List<Entry> readAll(Fields fields) {
        return fields.requiredObjects("entries").stream().map(EntryJson::read).toList();
    }

    /**
     * The attachment of a binary frame.
     *
     * @param fields the fields of the frame's header
     */
    static Body.Attachment attachment(Fields fields, ByteBuffer content) {
        if (fields.has("text")) {
            throw ParleyException.badRequest("the header of a binary frame must not have text");
        }
        return new Body.Attachment(fields.requiredString("media"), fields.string("name"), content);
    }

    /** The body of an entry in a text. */
    static Body body(Fields fields) {
        if (!fields.has("media")) {
            return DataJson.read(fields);
        }
        if (fields.has("text")) {
            throw ParleyException.badRequest("an entry has either text or media, not both");
        }
        String media = fields.requiredString("media");
        return fields.has("size") && !fields.has("data")
                ? new Body.Reference(
                        media,
                        fields.string("name"),
                        fields.requiredInteger("size"),
                        fields.has("expired") && fields.requiredBoolean("expired"))
                : new Body.Attachment(media, fields.string("name"), data(fields));
    }

    /** @throws ParleyException with {@code badRequest} if the field {@code data} is missing, or no Base64 */
    static ByteBuffer data(Fields fields) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(fields.requiredString("data")));
        } catch (IllegalArgumentException e) {
            throw new ParleyException(ErrorCode.BAD_REQUEST, "data must be Base64", e);
        }
    }
}

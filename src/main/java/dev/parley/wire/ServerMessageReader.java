package dev.parley.wire;

import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the messages of a server, for clients: a run of entries becomes its entries. It leaves out messages of unknown types, because a newer server may send
 * them. Pure functions.
 */
final class ServerMessageReader {
    private static final FieldsReader READER = FieldsReader.deep();

    private ServerMessageReader() {}

    static List<ServerMessage> frame(String frame) {
        List<ServerMessage> messages = new ArrayList<>();
        for (Object value : READER.read(frame, Integer.MAX_VALUE)) {
            if (!(value instanceof Fields fields)) {
                throw ParleyException.badRequest("a message must be a JSON object");
            }
            if (EntriesJson.TYPE.equals(fields.unambiguous().requiredString("type"))) {
                messages.addAll(EntriesJson.read(fields));
            } else if (MessageTypes.SERVER.knows(fields)) {
                messages.add(MessageTypes.SERVER.read(fields));
            }
        }
        return List.copyOf(messages);
    }

    /** Reads the header of a binary frame. */
    static ServerMessage binary(String header, ByteBuffer content) {
        Fields fields = ClientMessageReader.header(READER, header).unambiguous();
        if (FetchedJson.TYPE.equals(fields.string("type"))) {
            return FetchedJson.read(fields, content);
        }
        ClientMessageReader.checkType(fields, EntryJson.TYPE);
        return EntryJson.read(fields, EntryJson.attachment(fields, content));
    }
}

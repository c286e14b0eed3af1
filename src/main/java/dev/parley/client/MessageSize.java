package dev.parley.client;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import dev.parley.wire.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Estimates the size of messages in bytes without encoding long ones. Pure functions. */
final class MessageSize {
    /** Bytes for the field names, numbers and punctuation of one message; on the heap, for the objects around it. */
    private static final int OVERHEAD = 200;

    private MessageSize() {}

    /** An upper bound of the message's size in a frame, for every way of escaping its JSON. */
    static int atMost(ClientMessage message) {
        if (message instanceof ClientMessage.Stored stored) {
            String room = stored.room() == null ? null : stored.room().value();
            return OVERHEAD + json(room) + json(stored.id()) + body(stored.body());
        }
        if (message instanceof ClientMessage.Line line) {
            return OVERHEAD + json(line.text().value());
        }
        // Other messages are rare or short.
        return MessageJson.write(message).getBytes(StandardCharsets.UTF_8).length;
    }

    /** About how many bytes a received message holds on the heap. */
    static long of(ServerMessage message) {
        if (message instanceof Entry entry) {
            return OVERHEAD + entry.body().size();
        }
        if (message instanceof ServerMessage.Signal signal) {
            return OVERHEAD + signal.body().size();
        }
        if (message instanceof ServerMessage.Joined joined) {
            return OVERHEAD
                    + of(joined.entries())
                    + (long) OVERHEAD * joined.members().size();
        }
        if (message instanceof ServerMessage.Fetched fetched) {
            return OVERHEAD + fetched.data().remaining();
        }
        if (message instanceof ServerMessage.History history) {
            return OVERHEAD + of(history.entries());
        }
        return OVERHEAD;
    }

    private static long of(List<Entry> entries) {
        return entries.stream().mapToLong(MessageSize::of).sum();
    }

    private static int body(Body body) {
        return body.match(
                null,
                (none, text) -> json(text.value()),
                // Its JSON is sent as it is.
                (none, data) -> json(data.kind()) + (int) data.bytes(),
                (none, attachment) -> json(attachment.media()) + json(attachment.name()) + attachment.size(),
                (none, reference) -> json(reference.media()) + json(reference.name()));
    }

    private static int json(String text) {
        if (text == null) {
            return 0;
        }
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes += 2;
            } else {
                // Each JSON implementation decides which other characters it escapes as a backslash, u and four digits.
                bytes += c >= ' ' && c <= '~' ? 1 : 6;
            }
        }
        return bytes;
    }
}

package dev.parley.client;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import dev.parley.wire.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** About how many bytes messages take, found without encoding what is long. Pure functions. */
final class Weight {
    /** Field names, numbers and punctuation of any one message; on the heap, the objects around it. */
    private static final int SHELL = 200;

    private Weight() {}

    /** No fewer bytes than the message takes in a frame, however its JSON is escaped. */
    static int atMost(ClientMessage message) {
        if (message instanceof ClientMessage.Stored stored) {
            String room = stored.room() == null ? null : stored.room().value();
            return SHELL + json(room) + json(stored.id()) + body(stored.body());
        }
        if (message instanceof ClientMessage.Line line) {
            return SHELL + json(line.text().value());
        }
        // Others are few or short.
        return MessageJson.write(message).getBytes(StandardCharsets.UTF_8).length;
    }

    /** About how much a message that was read holds on the heap. */
    static long of(ServerMessage message) {
        if (message instanceof Entry entry) {
            return SHELL + entry.body().size();
        }
        if (message instanceof ServerMessage.Joined joined) {
            return SHELL
                    + of(joined.entries())
                    + (long) SHELL * joined.members().size();
        }
        if (message instanceof ServerMessage.History history) {
            return SHELL + of(history.entries());
        }
        return SHELL;
    }

    private static long of(List<Entry> entries) {
        return entries.stream().mapToLong(Weight::of).sum();
    }

    private static int body(Body body) {
        return body.match(
                null,
                (none, text) -> json(text.value()),
                (none, attachment) -> json(attachment.media()) + json(attachment.name()) + attachment.size());
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
                // Which of the others are written as a backslash, u and four digits is each JSON implementation's own
                // choice.
                bytes += c >= ' ' && c <= '~' ? 1 : 6;
            }
        }
        return bytes;
    }
}

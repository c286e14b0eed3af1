package dev.parley.client;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.util.List;

/** About how many bytes messages take, told without encoding them. Pure functions. */
final class Weight {
    /** Field names, numbers and punctuation of any one message; on the heap, the objects around it. */
    private static final int SHELL = 200;

    private Weight() {}

    /** No fewer bytes than the message takes in a frame, however its JSON is escaped. */
    static int atMost(ClientMessage message) {
        if (message instanceof ClientMessage.Say say) {
            return SHELL + json(say.room() == null ? null : say.room().value()) + json(say.id()) + body(say.body());
        }
        if (message instanceof ClientMessage.Hello hello) {
            String name = hello.name() == null ? null : hello.name().value();
            return SHELL + json(name) + json(hello.token()) + json(hello.session());
        }
        if (message instanceof ClientMessage.Join join) {
            return SHELL + json(join.room().value()) + json(join.epoch());
        }
        if (message instanceof ClientMessage.Line line) {
            return SHELL + json(line.text().value());
        }
        // What is left has a room's name at most: 64 characters of two chars, six bytes each.
        return SHELL + 6 * 128;
    }

    /** About how much a message that was read holds on the heap. */
    static long of(ServerMessage message) {
        if (message instanceof Entry entry) {
            return SHELL + content(entry.body());
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

    private static long content(Body body) {
        return body instanceof Body.Attachment attachment
                ? attachment.content().remaining()
                : ((Body.Text) body).value().length();
    }

    private static int body(Body body) {
        if (body instanceof Body.Attachment attachment) {
            return json(attachment.media())
                    + json(attachment.name())
                    + attachment.content().remaining();
        }
        return json(((Body.Text) body).value());
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

package dev.parley.wire;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/** Messages of the server as JSON, encoded once for all their recipients. Immutable, thread-safe. */
public final class EncodedText {
    private static final int TYPICAL_LENGTH = 256;
    private static final int BRACKETS = 2;

    private final String messages;
    private final String frame;
    private final int count;
    private final int bytes;

    private EncodedText(String messages, String frame, int count, int bytes) {
        this.messages = messages;
        this.frame = frame;
        this.count = count;
        this.bytes = bytes;
    }

    public static EncodedText of(ServerMessage message) {
        JsonText json = new JsonText(TYPICAL_LENGTH);
        MessageTypes.SERVER.write(message, json);
        return object(json);
    }

    /** @throws IllegalArgumentException when there is no message */
    public static EncodedText of(List<? extends ServerMessage> messages) {
        requireSome(messages);
        if (messages.size() == 1) {
            return of(messages.get(0));
        }
        JsonText json = new JsonText(TYPICAL_LENGTH * messages.size()).raw('[');
        for (ServerMessage message : messages) {
            MessageTypes.SERVER.write(message, json.next());
        }
        return array(json, messages.size());
    }

    /**
     * The same messages for {@value Subprotocol#V2}: entries of one room with consecutive numbers are one message.
     *
     * @param messages none of them has bytes
     * @throws IllegalArgumentException when there is no message
     */
    public static EncodedText ofRuns(List<? extends ServerMessage> messages) {
        requireSome(messages);
        if (messages.size() == 1) {
            return of(messages.get(0));
        }
        JsonText json = new JsonText(TYPICAL_LENGTH * messages.size());
        if (endOfRun(messages, 0) == messages.size()) {
            EntriesJson.write(entries(messages), json);
            return object(json);
        }
        json.raw('[');
        int count = 0;
        for (int from = 0, to; from < messages.size(); from = to, count++) {
            to = endOfRun(messages, from);
            json.next();
            if (to - from > 1) {
                EntriesJson.write(entries(messages.subList(from, to)), json);
            } else {
                MessageTypes.SERVER.write(messages.get(from), json);
            }
        }
        return array(json, count);
    }

    /** @param json one message */
    private static EncodedText object(JsonText json) {
        String text = json.toString();
        return new EncodedText(text, text, 1, json.utf8Length());
    }

    /** @param json an array of messages without its end */
    private static EncodedText array(JsonText json, int count) {
        String frame = json.raw(']').toString();
        String inner = frame.substring(1, frame.length() - 1);
        return new EncodedText(inner, frame, count, json.utf8Length() - BRACKETS);
    }

    private static int endOfRun(List<? extends ServerMessage> messages, int from) {
        int to = from + 1;
        while (to < messages.size()
                && messages.get(to) instanceof Entry next
                && messages.get(to - 1) instanceof Entry last
                && EntriesJson.follows(next, last)) {
            to++;
        }
        return to;
    }

    private static List<Entry> entries(List<? extends ServerMessage> run) {
        return run.stream().map(Entry.class::cast).toList();
    }

    /**
     * The text frame that carries all {@code parts} in their order: a JSON object for a single message, an array for
     * several.
     *
     * @throws IllegalArgumentException if there is no part
     */
    public static String frame(List<EncodedText> parts) {
        requireSome(parts);
        if (parts.size() == 1) {
            return parts.get(0).frame();
        }
        StringJoiner frame = new StringJoiner(",", "[", "]");
        for (EncodedText part : parts) {
            frame.add(part.messages);
        }
        return frame.toString();
    }

    /**
     * The text frame that carries all of {@code parts}, with its header.
     *
     * @throws IllegalArgumentException if there is no part
     */
    public static ByteBuffer bytes(List<EncodedText> parts) {
        return Framing.text(frame(parts).getBytes(StandardCharsets.UTF_8));
    }

    /** The text frame that carries only these messages; each call returns the same object. */
    public String frame() {
        return frame;
    }

    /** The number of messages. */
    public int count() {
        return count;
    }

    /** The length in UTF-8, in bytes, without the brackets that a frame of several messages has. */
    public int bytes() {
        return bytes;
    }

    /** The JSON objects, separated by commas. */
    @Override
    public String toString() {
        return messages;
    }

    private static void requireSome(List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("no message to send");
        }
    }
}

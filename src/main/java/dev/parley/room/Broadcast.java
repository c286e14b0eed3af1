package dev.parley.room;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Messages that go to many members alike, so that they need to be encoded only once. Used on one loop only.
 *
 * <p>Either one entry that is sent in a binary frame, or any number of other messages.
 */
public final class Broadcast {
    private static final int SIZE = 48 * 1024;

    private final List<? extends ServerMessage> messages;
    private Object encoded;

    private Broadcast(List<? extends ServerMessage> messages) {
        this.messages = messages;
    }

    static Broadcast of(ServerMessage message) {
        return new Broadcast(List.of(message));
    }

    /** These messages in their order, so many of them in each broadcast; none of them is sent in a binary frame. */
    static List<Broadcast> ofMessages(List<ServerMessage> messages, int inEach) {
        List<Broadcast> broadcasts = new ArrayList<>(1);
        for (int from = 0; from < messages.size(); from += inEach) {
            broadcasts.add(new Broadcast(messages.subList(from, Math.min(messages.size(), from + inEach))));
        }
        return broadcasts;
    }

    /** As few broadcasts as carry these entries in their order, none much larger than {@value #SIZE} characters. */
    static List<Broadcast> of(List<Entry> entries) {
        List<Broadcast> broadcasts = new ArrayList<>(1);
        int begun = 0;
        int size = 0;
        for (int i = 0; i < entries.size(); i++) {
            Body body = entries.get(i).body();
            if (body.kind().isBinary()) {
                addTo(broadcasts, entries.subList(begun, i));
                addTo(broadcasts, entries.subList(i, i + 1));
                begun = i + 1;
                size = 0;
                continue;
            }
            size += body.size();
            if (size > SIZE) {
                addTo(broadcasts, entries.subList(begun, i + 1));
                begun = i + 1;
                size = 0;
            }
        }
        addTo(broadcasts, entries.subList(begun, entries.size()));
        return broadcasts;
    }

    private static void addTo(List<Broadcast> broadcasts, List<Entry> entries) {
        if (!entries.isEmpty()) {
            broadcasts.add(new Broadcast(entries));
        }
    }

    /** The messages themselves. */
    public List<? extends ServerMessage> messages() {
        return messages;
    }

    /** What {@code encoding} makes of the messages, made at the first call. Every caller names the same encoding. */
    @SuppressWarnings("unchecked")
    public <T> T encoded(Function<? super List<? extends ServerMessage>, T> encoding) {
        if (encoded == null) {
            encoded = Objects.requireNonNull(encoding.apply(messages));
        }
        return (T) encoded;
    }
}

package dev.parley.room;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RenamedRoom;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Messages that are sent to many members, and encoded only once for all that get them in the same encoding. Confined to one loop.
 *
 * <p>A broadcast has either one entry that is sent in a binary frame, or any number of other messages.
 */
public final class Broadcast {
    private static final int SIZE = 48 * 1024;

    private final List<? extends ServerMessage> messages;
    private Encoded encoded;
    /** The same messages for the users of a direct room, at most two, by the names that they know. */
    private Map<RoomName, Broadcast> renamed;

    /** One encoding of the messages, and the others; null if there is none. */
    private record Encoded(Object encoding, Object result, Encoded others) {}

    private Broadcast(List<? extends ServerMessage> messages) {
        this.messages = messages;
    }

    static Broadcast of(ServerMessage message) {
        return new Broadcast(List.of(message));
    }

    /**
     * Puts messages into broadcasts, in their order.
     *
     * @param messages none of them is sent in a binary frame
     * @param inEach the most messages in one broadcast
     */
    static List<Broadcast> ofMessages(List<ServerMessage> messages, int inEach) {
        List<Broadcast> broadcasts = new ArrayList<>(1);
        for (int from = 0; from < messages.size(); from += inEach) {
            broadcasts.add(new Broadcast(messages.subList(from, Math.min(messages.size(), from + inEach))));
        }
        return broadcasts;
    }

    /** Puts entries into as few broadcasts as possible, in their order. None is much larger than {@value #SIZE} characters. */
    static List<Broadcast> of(List<Entry> entries) {
        List<Broadcast> broadcasts = new ArrayList<>(1);
        int begun = 0;
        int size = 0;
        for (int i = 0; i < entries.size(); i++) {
            Body body = entries.get(i).body();
            if (body.form().isBinary()) {
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

    /**
     * The same messages, with another name of their room. It is made once for each name, so all connections of a user share what
     * is encoded.
     *
     * @param room one of the names by which its two users know a direct room
     */
    Broadcast in(RoomName room) {
        if (renamed == null) {
            renamed = new HashMap<>(4);
        }
        return renamed.computeIfAbsent(
                room,
                name -> new Broadcast(messages.stream()
                        .map(message -> RenamedRoom.renamed(message, name))
                        .toList()));
    }

    public List<? extends ServerMessage> messages() {
        return messages;
    }

    /** Whether two entries or more are in it: a broadcast has only entries, or none. */
    public boolean hasRun() {
        return messages.size() > 1 && messages.get(0) instanceof Entry;
    }

    /** The encoded messages. The first call with an {@code encoding} encodes them; its callers must pass the same object. */
    @SuppressWarnings("unchecked")
    public <T> T encoded(Function<? super List<? extends ServerMessage>, T> encoding) {
        for (Encoded known = encoded; known != null; known = known.others) {
            if (known.encoding == encoding) {
                return (T) known.result;
            }
        }
        T result = Objects.requireNonNull(encoding.apply(messages));
        encoded = new Encoded(encoding, result, encoded);
        return result;
    }
}

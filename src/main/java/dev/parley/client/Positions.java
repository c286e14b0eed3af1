package dev.parley.client;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The position in each joined room up to which the listener has received entries, over all connections. With it the
 * listener receives each entry once and in order. Thread-safe.
 */
final class Positions {
    /** Where an entry stands relative to the position of its room. */
    enum Order {
        NEXT,
        RECEIVED_BEFORE,
        AFTER_A_GAP
    }

    private static final class Position {
        String epoch;
        long received;
        long read;
    }

    private final Map<RoomName, Position> rooms = new HashMap<>();

    /** A request to join a room: from the room's position if it has one, else as given. */
    synchronized ClientMessage.Join join(Ref ref, RoomName room, Long since, String epoch, int limit) {
        Position position = rooms.get(room);
        return position == null
                ? new ClientMessage.Join(ref, room, since, epoch, limit)
                : new ClientMessage.Join(ref, room, position.received, position.epoch, limit);
    }

    /**
     * A room was joined. The caller {@link #take takes} its entries one by one.
     *
     * @param since the position in the request; null if the request had none, or is not known any more
     * @return whether the room continues from its position; if not, the entries received before are void
     */
    synchronized boolean joined(ServerMessage.Joined joined, Long since) {
        Position position = rooms.computeIfAbsent(joined.room(), room -> new Position());
        // A second join without a position, sent while the first was not answered yet: it is the same log.
        boolean goesOn = joined.epoch().equals(position.epoch)
                && (joined.recovered() || since == null && joined.seq() >= position.received);
        if (!goesOn) {
            position.epoch = joined.epoch();
            position.read = 0;
            position.received = positionBefore(joined, since);
        }
        if (!joined.entries().isEmpty() && (joined.recovered() || !goesOn)) {
            // The server has no entry between the position and the first entry of the reply.
            position.received =
                    Math.max(position.received, joined.entries().get(0).seq() - 1);
        }
        return goesOn;
    }

    /**
     * The position before the entries of the reply, where the room does not continue. A reply that resumes continues
     * after {@code since}, not after {@code seq}: that may already count entries that the server delivers later.
     */
    private static long positionBefore(ServerMessage.Joined joined, Long since) {
        if (!joined.recovered()) {
            // The entries below the oldest one are deleted, perhaps all of the room.
            return joined.oldest() == null ? 0 : joined.oldest() - 1;
        }
        return since == null ? joined.seq() : since;
    }

    /**
     * Where this entry stands. If it is the next one, it becomes the position. For a room without a position, each
     * entry is the next.
     */
    synchronized Order take(Entry entry) {
        Position position = rooms.get(entry.room());
        if (position == null) {
            return Order.NEXT;
        }
        if (entry.seq() <= position.received) {
            return Order.RECEIVED_BEFORE;
        }
        if (entry.seq() > position.received + 1) {
            return Order.AFTER_A_GAP;
        }
        position.received = entry.seq();
        return Order.NEXT;
    }

    /**
     * Remembers how far a room is read. The client sends it again after a reconnect, because the mark may have been
     * lost.
     */
    synchronized void read(RoomName room, long seq) {
        Position position = rooms.get(room);
        if (position != null) {
            position.read = Math.max(position.read, seq);
        }
    }

    /** How far the rooms are read, for the rooms in which this client sent a mark. */
    synchronized Map<RoomName, Long> reads() {
        Map<RoomName, Long> reads = new HashMap<>();
        rooms.forEach((room, position) -> {
            if (position.read > 0) {
                reads.put(room, position.read);
            }
        });
        return reads;
    }

    synchronized boolean has(RoomName room) {
        return rooms.containsKey(room);
    }

    synchronized void left(RoomName room) {
        rooms.remove(room);
    }

    synchronized List<RoomName> rooms() {
        return List.copyOf(rooms.keySet());
    }
}

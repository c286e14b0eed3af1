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
 * How far each joined room has been heard, over all connections: what makes every entry heard once and in order.
 * Thread-safe.
 */
final class Positions {
    /** What an entry is to who has heard all up to a position. */
    enum Sequel {
        NEXT,
        HEARD_BEFORE,
        BEYOND_A_GAP
    }

    private static final class Position {
        String epoch;
        long heard;
        long read;
    }

    private final Map<RoomName, Position> rooms = new HashMap<>();

    /** A request to join, which goes on from where the room was heard up to, if it was. */
    synchronized ClientMessage.Join join(Ref ref, RoomName room, Long since, String epoch, int limit) {
        Position position = rooms.get(room);
        return position == null
                ? new ClientMessage.Join(ref, room, since, epoch, limit)
                : new ClientMessage.Join(ref, room, position.heard, position.epoch, limit);
    }

    /**
     * A room was joined. Its entries are to be {@link #take taken} one by one.
     *
     * @param since from where it was asked for; null where it was asked for anew, or that isn't known any more
     * @return whether it goes on from what was heard; if not, that is void
     */
    synchronized boolean joined(ServerMessage.Joined joined, Long since) {
        Position position = rooms.computeIfAbsent(joined.room(), room -> new Position());
        // Asked for anew while it was being joined already, it is the same log all the same.
        boolean goesOn = joined.epoch().equals(position.epoch)
                && (joined.recovered() || since == null && joined.seq() >= position.heard);
        if (!goesOn) {
            position.epoch = joined.epoch();
            position.read = 0;
            position.heard = beforeNothing(joined, since);
        }
        if (!joined.entries().isEmpty() && (joined.recovered() || !goesOn)) {
            // There is nothing to be had between this and what was heard.
            position.heard = Math.max(position.heard, joined.entries().get(0).seq() - 1);
        }
        return goesOn;
    }

    /** Where one stands who is given no entries. Not at {@code seq}: that may count some that were said meanwhile. */
    private static long beforeNothing(ServerMessage.Joined joined, Long since) {
        if (!joined.recovered()) {
            return 0;
        }
        return since == null ? joined.seq() : since;
    }

    /** Where this entry stands; the next one counts as heard now. A room that wasn't joined here has no gaps. */
    synchronized Sequel take(Entry entry) {
        Position position = rooms.get(entry.room());
        if (position == null) {
            return Sequel.NEXT;
        }
        if (entry.seq() <= position.heard) {
            return Sequel.HEARD_BEFORE;
        }
        if (entry.seq() > position.heard + 1) {
            return Sequel.BEYOND_A_GAP;
        }
        position.heard = entry.seq();
        return Sequel.NEXT;
    }

    /** Remembers how far a room is read, to be told again after a break, in which the mark may have been lost. */
    synchronized void read(RoomName room, long seq) {
        Position position = rooms.get(room);
        if (position != null) {
            position.read = Math.max(position.read, seq);
        }
    }

    /** How far the rooms are read, where that is known. */
    synchronized Map<RoomName, Long> reads() {
        Map<RoomName, Long> reads = new HashMap<>();
        rooms.forEach((room, position) -> {
            if (position.read > 0) {
                reads.put(room, position.read);
            }
        });
        return reads;
    }

    synchronized void left(RoomName room) {
        rooms.remove(room);
    }

    synchronized List<RoomName> rooms() {
        return List.copyOf(rooms.keySet());
    }
}

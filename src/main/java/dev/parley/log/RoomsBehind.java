package dev.parley.log;

import dev.parley.message.RoomName;
import java.util.List;

/**
 * Rooms with entries that an observer has not got. Immutable.
 *
 * @param place where the next search goes on; {@link #END} if all rooms were looked at
 */
public record RoomsBehind(List<RoomName> rooms, long place) {
    public static final long BEGIN = 0;
    public static final long END = -1;

    public RoomsBehind {
        rooms = List.copyOf(rooms);
    }
}

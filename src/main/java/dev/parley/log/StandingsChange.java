package dev.parley.log;

import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import java.util.Map;

/**
 * A change of the standings and settings of a room, which is durable. Immutable.
 *
 * @param room null for the whole server
 * @param standings the new standings by their keys; {@link Standing#NONE} for one that is gone
 * @param slow the setting of the room after the change, as {@code closed}
 */
public record StandingsChange(RoomName room, Map<String, Standing> standings, int slow, boolean closed) {
    public StandingsChange {
        standings = Map.copyOf(standings);
    }
}

package dev.parley.log;

import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import java.util.Map;
import java.util.Objects;

/**
 * A change of the standings and settings of a room, which is durable. Immutable.
 *
 * @param room null for the whole server
 * @param standings the new standings by their keys; {@link Standing#NONE} for one that is gone
 * @param slow the setting of the room after the change, as {@code closed}
 */
public record StandingsChange(RoomName room, Map<String, Standing> standings, int slow, boolean closed, Effect effect) {
    /** The effect of an action. */
    public enum Effect {
        /** All of it was so before. Nothing is in the audit log. */
        NOTHING,
        CHANGED,
        /** Another one gave a role to a user without a role. */
        INVITED
    }

    public StandingsChange {
        standings = Map.copyOf(standings);
        Objects.requireNonNull(effect);
    }

    /** An action that has an effect, and invites nobody. */
    public StandingsChange(RoomName room, Map<String, Standing> standings, int slow, boolean closed) {
        this(room, standings, slow, closed, Effect.CHANGED);
    }
}

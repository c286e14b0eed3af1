package dev.parley.message;

import java.time.Instant;
import java.util.Objects;

/**
 * One entry of a room's log. It is durable, and it never changes.
 *
 * @param seq the number of the entry in its room: 1, 2, 3 … without gaps
 * @param id the id that the sender chose for its message; or null
 * @param from the name that the sender had at that time
 * @param at when the entry was stored, in whole milliseconds
 */
public record Entry(RoomName room, long seq, String id, UserName from, Instant at, Body body) implements ServerMessage {
    public Entry {
        Objects.requireNonNull(room);
        Objects.requireNonNull(from);
        Objects.requireNonNull(at);
        Objects.requireNonNull(body);
        if (seq < 1) {
            throw ParleyException.badRequest("seq must be 1 or more");
        }
    }
}

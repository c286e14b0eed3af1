package dev.parley.message;

import java.time.Instant;
import java.util.Objects;

/**
 * One entry of a room's log: durable, and never changed again.
 *
 * @param seq its place in the room's log: 1, 2, 3 … without gaps
 * @param id the sender's own id of it, or null
 * @param from the name under which the sender was known when it was said
 * @param at when it was stored, in whole milliseconds
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

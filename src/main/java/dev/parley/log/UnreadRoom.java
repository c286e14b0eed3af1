package dev.parley.log;

import dev.parley.message.CallerId;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.Objects;

/**
 * A direct room of a user with entries of others above the user's read mark; or a room in which another one has given a role to
 * the user, who is not banned there, and has no later read mark there.
 *
 * @param seq the newest entry of others; 0 for a role
 * @param from the name that its sender, or the giver of the role, had
 * @param caller the kind and the id of its sender, or of the giver
 */
public record UnreadRoom(RoomName room, long seq, UserName from, CallerId caller) {
    public UnreadRoom {
        Objects.requireNonNull(room);
        Objects.requireNonNull(from);
        Objects.requireNonNull(caller);
    }
}

package dev.parley.log;

import dev.parley.message.CallerId;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.Objects;

/**
 * A direct room of a user with entries of others above the user's read mark.
 *
 * @param seq the newest entry of others
 * @param from the name that its sender had
 * @param caller the kind and the id of its sender
 */
public record UnreadRoom(RoomName room, long seq, UserName from, CallerId caller) {
    public UnreadRoom {
        Objects.requireNonNull(room);
        Objects.requireNonNull(from);
        Objects.requireNonNull(caller);
    }
}

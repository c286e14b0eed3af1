package dev.parley.endpoint;

import dev.parley.message.RoomName;
import dev.parley.security.RoomsJoined;
import java.util.function.ToIntFunction;

/**
 * Counts the rooms of one connection for its user and its address. Thread-safe.
 *
 * @param all of all connections
 * @param quota how many times the usual quotas the user has in a room
 */
record CountedRooms(RoomsJoined all, Connection connection, ToIntFunction<RoomName> quota)
        implements Memberships.Places {
    /** The rooms of a connection, which has joined none yet. */
    static Memberships memberships(Connection connection, Backend backend, ToIntFunction<RoomName> quota) {
        return new Memberships(
                backend.rules().quotas().rooms(), new CountedRooms(backend.roomsJoined(), connection, quota));
    }

    @Override
    public void take(RoomName room) {
        all.join(connection.user().key(), connection.allowance.network(), quota.applyAsInt(room));
    }

    @Override
    public void free() {
        all.leave(connection.user().key(), connection.allowance.network());
    }
}

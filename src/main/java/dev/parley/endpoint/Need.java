package dev.parley.endpoint;

import dev.parley.message.Permission;
import dev.parley.message.RoomName;

/**
 * The permission that a message needs in a room.
 *
 * @param isHint whether the message is dropped without an answer if the peer does not have the permission
 */
record Need(Permission permission, RoomName room, boolean isHint) {
    static Need of(Permission permission, RoomName room) {
        return new Need(permission, room, false);
    }

    static Need ofHint(Permission permission, RoomName room) {
        return new Need(permission, room, true);
    }
}

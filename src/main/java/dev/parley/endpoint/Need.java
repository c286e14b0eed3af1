package dev.parley.endpoint;

import dev.parley.message.Permission;
import dev.parley.message.RoomName;

/**
 * What a peer must be allowed for one of its messages to be handled.
 *
 * @param isHint whether the message is dropped without an answer where that is not allowed
 */
record Need(Permission permission, RoomName room, boolean isHint) {
    static Need of(Permission permission, RoomName room) {
        return new Need(permission, room, false);
    }

    static Need ofHint(Permission permission, RoomName room) {
        return new Need(permission, room, true);
    }
}

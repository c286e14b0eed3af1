package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.DirectRooms;
import dev.parley.message.Grant;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import java.util.Set;

/**
 * Decides about direct rooms, about which no policy is asked: everything is allowed to their two users, and nothing to others. In its
 * inbox, a user may only read.
 */
public final class DirectAccess {
    /** Nobody moderates a direct room. */
    private static final Grant EVERYTHING = Grant.of(Set.of(Permission.READ, Permission.SAY, Permission.ATTACH));

    private static final Grant INBOX =
            Grant.of(Set.of(Permission.READ)).because("this is your inbox: only the application sends to it");

    private DirectAccess() {}

    /** @param room a direct room, named by both ids */
    public static Grant grant(Caller caller, RoomName room) {
        if (!DirectRooms.isOf(new CallerId(caller.kind(), caller.id()), room)) {
            return Grant.none();
        }
        return room.isInbox() ? INBOX : EVERYTHING;
    }
}

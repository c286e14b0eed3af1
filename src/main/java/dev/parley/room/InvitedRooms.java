package dev.parley.room;

import dev.parley.log.MessageLog;
import dev.parley.message.RoomName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rooms to which one connection was invited last, at most {@value #MOST}, with the newest entry of each. It is not invited
 * again to the same entry. Thread-safe.
 */
final class InvitedRooms {
    /** As many as one read of the log can have. */
    private static final int MOST = 2 * MessageLog.MOST_UNREAD;

    /** In the order of the invitations. */
    private final Map<RoomName, Long> newest = new LinkedHashMap<>(0);

    private final boolean ofRoles;

    /** @param ofRoles whether a role, which has the number 0, is news at all */
    InvitedRooms(boolean ofRoles) {
        this.ofRoles = ofRoles;
    }

    /** Whether the connection does not know of this entry, or was invited to this room too long ago. */
    synchronized boolean isNews(RoomName room, long seq) {
        if (seq == 0 && !ofRoles) {
            return false;
        }
        Long before = newest.get(room);
        return before == null || before < seq;
    }

    /** The user has got another role in a room than the one that the connection knows of. */
    synchronized void forget(RoomName room) {
        newest.remove(room);
    }

    /** The connection knows of this entry. */
    synchronized void add(RoomName room, long seq) {
        Long before = newest.remove(room);
        newest.put(room, before == null ? seq : Math.max(before, seq));
        if (newest.size() > MOST) {
            Iterator<RoomName> eldest = newest.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}

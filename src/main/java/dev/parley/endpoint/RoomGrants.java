package dev.parley.endpoint;

import dev.parley.message.RoomName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The {@link RoomGrant}s of one peer, for the rooms that it is in and for {@value #OTHERS} other rooms. Not thread-safe: it
 * is guarded by its conversation.
 */
final class RoomGrants {
    /** More than the pages of history that can wait. */
    static final int OTHERS = 256;

    private final Predicate<RoomName> isMember;
    private final Map<RoomName, RoomGrant> byRoom = new LinkedHashMap<>(0);

    /** @param isMember whether the peer is in a room, or is about to join it */
    RoomGrants(Predicate<RoomName> isMember) {
        this.isMember = isMember;
    }

    /** The grant in this room, or null. */
    RoomGrant find(RoomName room) {
        return byRoom.get(room);
    }

    /** The grant in this room, which may be a new one. The oldest grant of another room may be removed for it. */
    RoomGrant of(RoomName room) {
        RoomGrant known = byRoom.get(room);
        if (known == null) {
            makePlace();
            known = new RoomGrant(room);
            byRoom.put(room, known);
        }
        return known;
    }

    private void makePlace() {
        if (byRoom.size() < OTHERS) {
            return;
        }
        List<RoomGrant> others = byRoom.values().stream()
                .filter(one -> !isMember.test(one.room) && one.isForgettable())
                .toList();
        if (others.size() >= OTHERS) {
            byRoom.remove(others.get(0).room);
        }
    }

    /** A copy: questions to the policy can add grants. */
    List<RoomGrant> all() {
        return List.copyOf(byRoom.values());
    }

    /** The number of open questions. */
    int questions() {
        return (int) byRoom.values().stream().filter(RoomGrant::isAsking).count();
    }

    /** Removes all grants, and cancels their questions. */
    void end() {
        List<RoomGrant> all = all();
        byRoom.clear();
        all.forEach(RoomGrant::end);
    }
}

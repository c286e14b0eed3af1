package dev.parley.access;

import dev.parley.message.Role;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The standings in one room that are in memory. Thread-safe; a change is one step for each standing. */
final class RoomStandings {
    private final Map<String, Standing> byKey;
    /** How many of the standings are those of owners. */
    private volatile int owners;

    private volatile int slow;
    private volatile boolean closed;

    RoomStandings(Standings stored) {
        byKey = new ConcurrentHashMap<>(stored.byKey());
        owners = (int)
                stored.byKey().values().stream().filter(RoomStandings::isOwner).count();
        slow = stored.slow();
        closed = stored.closed();
    }

    /** {@link Standing#NONE} if there is none. */
    Standing of(String key) {
        return byKey.getOrDefault(key, Standing.NONE);
    }

    /** The seconds between two messages of one member; 0 for none. */
    int slow() {
        return slow;
    }

    private static boolean isOwner(Standing standing) {
        return standing != null && standing.role() == Role.OWNER;
    }

    /** Whether somebody has made the room: then it has an owner. */
    boolean isMade() {
        return owners > 0;
    }

    boolean isClosed() {
        return closed;
    }

    int size() {
        return byKey.size();
    }

    /**
     * One change at a time. A room that is made closed is never seen as an open one.
     *
     * @param standings by their keys; {@link Standing#NONE} for one that is gone
     */
    void change(Map<String, Standing> standings, int newSlow, boolean newClosed) {
        slow = newSlow;
        closed = newClosed;
        int counted = owners;
        for (Map.Entry<String, Standing> one : standings.entrySet()) {
            Standing now = one.getValue();
            Standing before = now.isNone() ? byKey.remove(one.getKey()) : byKey.put(one.getKey(), now);
            counted += (isOwner(now) ? 1 : 0) - (isOwner(before) ? 1 : 0);
        }
        owners = counted;
    }
}

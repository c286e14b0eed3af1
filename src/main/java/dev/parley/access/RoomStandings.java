package dev.parley.access;

import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The standings in one room that are in memory. Thread-safe; a change is one step for each standing. */
final class RoomStandings {
    private final Map<String, Standing> byKey;
    private volatile int slow;
    private volatile boolean closed;

    RoomStandings(Standings stored) {
        byKey = new ConcurrentHashMap<>(stored.byKey());
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

    boolean isClosed() {
        return closed;
    }

    int size() {
        return byKey.size();
    }

    /** @param standings by their keys; {@link Standing#NONE} for one that is gone */
    void change(Map<String, Standing> standings, int newSlow, boolean newClosed) {
        standings.forEach((key, standing) -> {
            if (standing.isNone()) {
                byKey.remove(key);
            } else {
                byKey.put(key, standing);
            }
        });
        slow = newSlow;
        closed = newClosed;
    }
}

package dev.parley.room;

import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which users are in a room, with however many connections, and how far each has read. Confined to the room's loop.
 */
final class Presence {
    private final Map<UserName, Integer> connections = new TreeMap<>();
    private final Map<UserName, Long> marks = new HashMap<>();
    private boolean marksKnown;

    /** @return whether this is the user's first connection here */
    boolean arrived(UserName user) {
        return connections.merge(user, 1, Integer::sum) == 1;
    }

    /** @return whether this was the user's last connection here */
    boolean departed(UserName user) {
        return connections.merge(user, -1, (count, less) -> count == 1 ? null : count + less) == null;
    }

    List<UserName> present() {
        return List.copyOf(connections.keySet());
    }

    /** Whether the marks that the log has were added. */
    boolean marksKnown() {
        return marksKnown;
    }

    void addMarks(Map<UserName, Long> known) {
        known.forEach((user, seq) -> marks.merge(user, seq, Math::max));
        marksKnown = true;
    }

    /** @return whether the user has read further than was known */
    boolean mark(UserName user, long seq) {
        if (seq <= marks.getOrDefault(user, 0L)) {
            return false;
        }
        marks.put(user, seq);
        return true;
    }

    /** How far those who are here have read, as far as that is known. */
    Map<UserName, Long> marksOfPresent() {
        Map<UserName, Long> known = new HashMap<>();
        for (UserName user : connections.keySet()) {
            Long mark = marks.get(user);
            if (mark != null) {
                known.put(user, mark);
            }
        }
        return known;
    }
}

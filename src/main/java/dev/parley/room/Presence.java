package dev.parley.room;

import dev.parley.message.UserName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The users in a room, the number of connections of each, and how far each has read. Confined to the room's loop.
 */
final class Presence {
    private final Map<UserName, Integer> connections = new TreeMap<>();
    private final Map<UserName, Long> marks = new HashMap<>();
    private boolean marksKnown;

    /** @return whether this is the user's first connection in the room */
    boolean arrived(UserName user) {
        return connections.merge(user, 1, Integer::sum) == 1;
    }

    /** @return whether this was the user's last connection in the room */
    boolean departed(UserName user) {
        return connections.merge(user, -1, (count, less) -> count == 1 ? null : count + less) == null;
    }

    List<UserName> present() {
        return List.copyOf(connections.keySet());
    }

    /** Whether the marks in the log were added. */
    boolean marksKnown() {
        return marksKnown;
    }

    void addMarks(Map<UserName, Long> known) {
        known.forEach((user, seq) -> marks.merge(user, seq, Math::max));
        marksKnown = true;
    }

    /** @return false if the user's mark was not below {@code seq}; then nothing changes */
    boolean mark(UserName user, long seq) {
        if (seq <= marks.getOrDefault(user, 0L)) {
            return false;
        }
        marks.put(user, seq);
        return true;
    }

    /** The marks of the users in the room, without users whose mark is unknown. */
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

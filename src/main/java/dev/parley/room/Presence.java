package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.CallerId;
import dev.parley.message.UserName;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The users in a room, the number of connections of each, and how far each has read. Confined to the room's loop.
 *
 * <p>Two users may have one name for a moment: a signed-in user that has just got the name of a guest, and that guest, whose
 * new name is not known here yet. Then the name stands for the user that came last.
 */
final class Presence {
    private final Map<User, Integer> connections = new HashMap<>();
    /** The user of each name. */
    private final Map<UserName, User> present = new TreeMap<>();
    /** By the key of the user. */
    private final Map<String, Long> marks = new HashMap<>();

    private boolean marksKnown;

    /** @return whether this is the user's first connection in the room under this name */
    boolean arrived(User user) {
        if (connections.merge(user, 1, Integer::sum) > 1) {
            return false;
        }
        present.put(user.name(), user);
        return true;
    }

    /** @return whether the name has gone: this was the user's last connection in the room, and no other user has the name */
    boolean departed(User user) {
        boolean isLast = connections.merge(user, -1, (count, less) -> count == 1 ? null : count + less) == null;
        return isLast && present.remove(user.name(), user);
    }

    List<UserName> present() {
        return List.copyOf(present.keySet());
    }

    /** The kind and the id of each user in the room. The map does not change, and is in the order of the names. */
    Map<UserName, CallerId> callers() {
        Map<UserName, CallerId> callers = new LinkedHashMap<>();
        present.forEach((name, user) -> callers.put(name, user.id()));
        return Collections.unmodifiableMap(callers);
    }

    /** The same without guests. */
    Map<UserName, CallerId> identified() {
        Map<UserName, CallerId> identified = new LinkedHashMap<>();
        present.forEach((name, user) -> {
            if (!user.id().isGuest()) {
                identified.put(name, user.id());
            }
        });
        return identified;
    }

    /** Whether the marks in the log were added. */
    boolean marksKnown() {
        return marksKnown;
    }

    /** @param known by the keys of the users */
    void addMarks(Map<String, Long> known) {
        known.forEach((user, seq) -> marks.merge(user, seq, Math::max));
        marksKnown = true;
    }

    /** @return false if the user's mark was not below {@code seq}; then nothing changes */
    boolean mark(User user, long seq) {
        if (seq <= marks.getOrDefault(user.key(), 0L)) {
            return false;
        }
        marks.put(user.key(), seq);
        return true;
    }

    void forgetMark(CallerId user) {
        marks.remove(user.key());
    }

    /** The marks of the users in the room, without users whose mark is unknown. */
    Map<UserName, Long> marksOfPresent() {
        Map<UserName, Long> known = new HashMap<>();
        present.forEach((name, user) -> {
            Long mark = marks.get(user.key());
            if (mark != null) {
                known.put(name, mark);
            }
        });
        return known;
    }
}

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
 */
final class Presence {
    private final Map<UserName, Present> present = new TreeMap<>();
    /** Those of them that are no guests. */
    private final Map<UserName, CallerId> identified = new TreeMap<>();

    private final Map<UserName, Long> marks = new HashMap<>();
    private boolean marksKnown;

    private static final class Present {
        final CallerId caller;
        int connections;

        Present(CallerId caller) {
            this.caller = caller;
        }
    }

    /** @return whether this is the user's first connection in the room */
    boolean arrived(User user) {
        Present at = present.computeIfAbsent(user.name(), name -> new Present(user.id()));
        at.connections++;
        if (at.connections > 1) {
            return false;
        }
        if (!user.id().isGuest()) {
            identified.put(user.name(), user.id());
        }
        return true;
    }

    /** @return whether this was the user's last connection in the room */
    boolean departed(User user) {
        Present at = present.get(user.name());
        at.connections--;
        if (at.connections > 0) {
            return false;
        }
        present.remove(user.name());
        identified.remove(user.name());
        return true;
    }

    List<UserName> present() {
        return List.copyOf(present.keySet());
    }

    /** The kind and the id of each user in the room. The map does not change, and is in the order of the names. */
    Map<UserName, CallerId> callers() {
        Map<UserName, CallerId> callers = new LinkedHashMap<>();
        present.forEach((user, at) -> callers.put(user, at.caller));
        return Collections.unmodifiableMap(callers);
    }

    /** The same without guests. A view, which changes with this object. */
    Map<UserName, CallerId> identified() {
        return Collections.unmodifiableMap(identified);
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
        for (UserName user : present.keySet()) {
            Long mark = marks.get(user);
            if (mark != null) {
                known.put(user, mark);
            }
        }
        return known;
    }
}

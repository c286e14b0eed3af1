package dev.parley.log.durable;

import dev.parley.log.User;
import dev.parley.message.UserName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reserved names that wait to be written. Not thread-safe.
 *
 * <p>It holds at most {@value #BOUND} names. Beyond that, it drops the name that has waited longest: that name is written when
 * its user comes the next time after a restart.
 */
final class WaitingNames {
    static final int BOUND = 100_000;

    private final Map<UserName, User> names = new LinkedHashMap<>();

    boolean isEmpty() {
        return names.isEmpty();
    }

    void put(User user) {
        names.putIfAbsent(user.name(), user);
        if (names.size() > BOUND) {
            names.remove(names.keySet().iterator().next());
        }
    }

    /** Up to {@code limit} names, with the one first that has waited longest. They are not removed. */
    List<User> eldest(int limit) {
        return names.values().stream().limit(limit).toList();
    }

    /** Removes all names of a user. */
    void removeOf(String user) {
        names.values().removeIf(each -> each.key().equals(user));
    }

    /** Removes names that are written. */
    void remove(List<User> written) {
        written.forEach(user -> names.remove(user.name()));
    }
}

package dev.parley.room;

import dev.parley.log.User;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The names of users that lost their connection. Each name is held for its user for two minutes. Not thread-safe.
 *
 * <p>There is no timer: names whose time is over are removed when the next one is added. If too many names are held, the
 * oldest is removed.
 */
final class HeldNames {
    static final long NANOS = TimeUnit.MINUTES.toNanos(2);
    static final int MOST = 100_000;
    /** The default number of connections of one network: so a stranger can't hold many more names than it can use. */
    static final int MOST_OF_NETWORK = 10_000;

    /** Each hold by its skeleton, the one that ends first in front. */
    private final Map<String, Hold> holds = new LinkedHashMap<>();
    /** The skeletons in {@link #holds} by network, in the same order, without unknown networks. */
    private final Map<String, Set<String>> byNetwork = new HashMap<>();

    private record Hold(String key, String network, long end) {}

    /**
     * Holds a name.
     *
     * @param skeleton the text by which the name is compared
     * @param key the key of the user
     * @param network the network of the user; empty if it is unknown
     * @param now as {@link System#nanoTime}
     */
    void add(String skeleton, String key, String network, long now) {
        remove(skeleton);
        removeEnded(now);
        Set<String> ofNetwork = byNetwork.getOrDefault(network, Set.of());
        if (ofNetwork.size() >= MOST_OF_NETWORK) {
            remove(ofNetwork.iterator().next());
        } else if (holds.size() >= MOST) {
            remove(holds.keySet().iterator().next());
        }
        holds.put(skeleton, new Hold(key, network, now + NANOS));
        if (!network.isEmpty()) {
            byNetwork.computeIfAbsent(network, first -> new LinkedHashSet<>()).add(skeleton);
        }
    }

    /** Whether a name is held for another user, whose key is not {@code key}. */
    boolean isHeldFrom(String key, String skeleton, long now) {
        Hold hold = holds.get(skeleton);
        return hold != null && !hold.key.equals(key) && now - hold.end < 0;
    }

    /** The same, but names that are held for guests do not count. */
    boolean isHeldByUserFrom(String key, String skeleton, long now) {
        return isHeldFrom(key, skeleton, now)
                && !User.idOf(holds.get(skeleton).key).isGuest();
    }

    void remove(String skeleton) {
        Hold hold = holds.remove(skeleton);
        if (hold != null) {
            forget(skeleton, hold);
        }
    }

    private void removeEnded(long now) {
        Iterator<Map.Entry<String, Hold>> each = holds.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Hold> oldest = each.next();
            if (now - oldest.getValue().end < 0) {
                return;
            }
            each.remove();
            forget(oldest.getKey(), oldest.getValue());
        }
    }

    private void forget(String skeleton, Hold hold) {
        byNetwork.computeIfPresent(hold.network, (network, skeletons) -> {
            skeletons.remove(skeleton);
            return skeletons.isEmpty() ? null : skeletons;
        });
    }

    int size() {
        return holds.size();
    }
}

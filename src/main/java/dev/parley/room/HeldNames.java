package dev.parley.room;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The names of users who lost their connection, each held for its user for two minutes. Not thread-safe.
 *
 * <p>No timer runs for them: those whose time is over go when the next one is added. Where too many are held, the oldest
 * go first.
 */
final class HeldNames {
    static final long NANOS = TimeUnit.MINUTES.toNanos(2);
    static final int MOST = 100_000;
    /** As many names as one network may have connections, by default: a stranger can't hold many more than it can use. */
    static final int MOST_OF_NETWORK = 10_000;

    /** In the order of their end. */
    private final Map<String, Hold> holds = new LinkedHashMap<>();
    /** For each network that is known its skeletons in {@link #holds}, in the same order. */
    private final Map<String, Set<String>> byNetwork = new HashMap<>();

    private record Hold(String key, String network, long end) {}

    /**
     * Holds a name.
     *
     * @param skeleton by which the name is compared
     * @param key whose it is
     * @param network from which the user came; an empty text where that isn't known
     * @param now of {@link System#nanoTime}
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

    /** Whether a name is held for another user than that of {@code key}. */
    boolean isHeldFrom(String key, String skeleton, long now) {
        Hold hold = holds.get(skeleton);
        return hold != null && !hold.key.equals(key) && now - hold.end < 0;
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

package dev.parley.log.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of bounded size that removes the entry that was not used for the longest time. Not thread-safe. */
final class LruMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int bound;

    LruMap(int bound) {
        super(16, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}

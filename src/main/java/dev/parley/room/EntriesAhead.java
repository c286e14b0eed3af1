package dev.parley.room;

import dev.parley.message.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The entries of a room that came behind a gap. Confined to the room's loop. Holds at most {@value #MAX_ENTRIES} entries and
 * {@value #MAX_SIZE} characters and bytes; the newest are dropped first, and are read from the log.
 */
final class EntriesAhead {
    private static final int MAX_ENTRIES = 2_000;
    private static final int MAX_SIZE = 512 * 1024;

    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private int size;

    void add(Entry entry) {
        if (entries.putIfAbsent(entry.seq(), entry) == null) {
            size += entry.body().size();
        }
        while (entries.size() > MAX_ENTRIES || size > MAX_SIZE) {
            size -= entries.pollLastEntry().getValue().body().size();
        }
    }

    /** Removes the entries from {@code seq} on, as far as none is missing, and gives them. Drops older ones. */
    List<Entry> take(long seq) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<Entry> taken = new ArrayList<>();
        while (!entries.isEmpty() && entries.firstKey() <= seq + taken.size()) {
            Entry first = entries.pollFirstEntry().getValue();
            size -= first.body().size();
            if (first.seq() >= seq) {
                taken.add(first);
            }
        }
        return taken;
    }

    void clear() {
        entries.clear();
        size = 0;
    }
}

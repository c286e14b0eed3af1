package dev.parley.room;

import dev.parley.message.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Entries of a room that the relay brought before earlier ones. Confined to the room's loop. It holds at most
 * {@value #MAX_ENTRIES} entries with {@value #MAX_SIZE} characters and bytes in all. It drops the newest first; they are read
 * from the log later.
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

    /** Removes and returns the entries from {@code seq} to the first gap. Drops older entries. */
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

package dev.parley.room;

import dev.parley.message.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The newest entries of a room, kept while somebody reads the log to catch up with it: what comes meanwhile is here.
 * Confined to the room's loop. Holds at most {@value #MAX_ENTRIES} entries and {@value #MAX_SIZE} characters and
 * bytes; the oldest go first, and whoever misses those reads the log again. There is never a gap between those that it
 * holds.
 */
final class RecentEntries {
    private static final int MAX_ENTRIES = 2_000;
    private static final int MAX_SIZE = 512 * 1024;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private int size;
    private int readers;

    /** Somebody begins to catch up. */
    void open() {
        readers++;
    }

    /** Somebody has caught up, or given up. */
    void close() {
        if (--readers == 0) {
            clear();
        }
    }

    /** Forgets all, and goes on to keep what comes. */
    void clear() {
        entries.clear();
        size = 0;
    }

    void add(List<Entry> fresh) {
        if (readers == 0) {
            return;
        }
        for (Entry entry : fresh) {
            if (!entries.isEmpty() && entry.seq() != entries.getLast().seq() + 1) {
                // What is missing before this one is in the log, and whoever needs that must read all of it there.
                clear();
            }
            entries.addLast(entry);
            size += entry.body().size();
        }
        while (entries.size() > MAX_ENTRIES || size > MAX_SIZE && entries.size() > 1) {
            size -= entries.removeFirst().body().size();
        }
    }

    /** Whether all entries from {@code seq} to the newest one are here. */
    boolean reachBackTo(long seq) {
        return !entries.isEmpty() && entries.getFirst().seq() <= seq;
    }

    List<Entry> from(long seq) {
        return entries.stream().filter(entry -> entry.seq() >= seq).toList();
    }
}

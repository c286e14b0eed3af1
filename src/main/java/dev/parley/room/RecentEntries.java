package dev.parley.room;

import dev.parley.message.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The newest entries of a room, kept while a member catches up from the log. Confined to the room's loop. It holds at most
 * {@value #MAX_ENTRIES} entries with {@value #MAX_SIZE} characters and bytes in all. It drops the oldest first; a member that
 * needs these reads the log again. There is never a gap between the entries here.
 */
final class RecentEntries {
    private static final int MAX_ENTRIES = 2_000;
    private static final int MAX_SIZE = 512 * 1024;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private int size;
    private int readers;

    /** A member begins to catch up. */
    void open() {
        readers++;
    }

    /** A member has caught up, or has left. */
    void close() {
        if (--readers == 0) {
            clear();
        }
    }

    /** Drops all entries. Later ones are kept. */
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
                // Some entries before this one are missing here. A member that needs them reads all of them from the
                // log.
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

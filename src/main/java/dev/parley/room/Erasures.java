package dev.parley.room;

import dev.parley.log.Page;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The entries that were erased last, at most {@value #MOST}. A page that was read just before an entry was erased may be sent
 * just after that, and must not bring its content back. Thread-safe.
 */
final class Erasures {
    private static final int MOST = 1_000;

    private record Erased(RoomName room, long seq) {
        /** Replaces the method of the record, as {@link #hashCode} does, for the reason of {@link CallerId#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Erased erased && seq == erased.seq && room.equals(erased.room);
        }

        @Override
        public int hashCode() {
            return 31 * room.hashCode() + Long.hashCode(seq);
        }
    }

    /** In the order in which they were erased. */
    private final Set<Erased> newest = new LinkedHashSet<>();

    private volatile boolean isEmpty = true;

    synchronized void add(RoomName room, long seq) {
        newest.add(new Erased(room, seq));
        if (newest.size() > MOST) {
            newest.remove(newest.iterator().next());
        }
        isEmpty = false;
    }

    private synchronized boolean has(Entry entry) {
        return newest.contains(new Erased(entry.room(), entry.seq()));
    }

    /** These entries, without the content of erased ones. */
    List<Entry> applyTo(List<Entry> entries) {
        if (isEmpty || entries.stream().noneMatch(this::has)) {
            return entries;
        }
        return entries.stream()
                .map(entry -> has(entry) ? entry.withoutContent() : entry)
                .toList();
    }

    /** This page, without the content of erased entries. */
    Page applyTo(Page page) {
        List<Entry> entries = applyTo(page.entries());
        return entries == page.entries() ? page : new Page(entries, page.last(), page.more(), page.oldest());
    }
}

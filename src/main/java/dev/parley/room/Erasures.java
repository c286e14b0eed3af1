package dev.parley.room;

import dev.parley.log.ErasureScope;
import dev.parley.log.Page;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was erased last: at most {@value #MOST} single entries, and as many users and rooms. A page that was read just before
 * may be sent just after that, and must not bring the content back. Thread-safe.
 */
final class Erasures {
    private static final int MOST = 1_000;

    private record Place(RoomName room, long seq) {
        /** Replaces the method of the record, as {@link #hashCode} does, for the reason of {@link CallerId#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && seq == place.seq && room.equals(place.room);
        }

        @Override
        public int hashCode() {
            return 31 * room.hashCode() + Long.hashCode(seq);
        }
    }

    /** In the order in which they were erased; with whether the sender was erased too. */
    private final Map<Place, Boolean> entries = new LinkedHashMap<>();
    /** With the time of the newest entry that was erased, in milliseconds since 1970. */
    private final Map<ErasureScope, Long> scopes = new LinkedHashMap<>();

    private volatile boolean isEmpty = true;

    synchronized void add(ServerMessage.Erased erased) {
        add(entries, new Place(erased.room(), erased.seq()), erased.from() != null);
    }

    synchronized void add(ErasureScope scope, long until) {
        add(scopes, scope, until);
    }

    private <K, V> void add(Map<K, V> newest, K key, V value) {
        newest.put(key, value);
        if (newest.size() > MOST) {
            Iterator<K> oldest = newest.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        isEmpty = false;
    }

    private synchronized Entry applyTo(Entry entry) {
        Boolean senderToo = entries.get(new Place(entry.room(), entry.seq()));
        if (Boolean.TRUE.equals(senderToo)
                || !entry.caller().id().isEmpty() && has(new ErasureScope.OfUser(entry.caller()), entry)) {
            return entry.withoutSender();
        }
        return senderToo != null || has(new ErasureScope.OfRoom(entry.room()), entry) ? entry.withoutContent() : entry;
    }

    private boolean has(ErasureScope scope, Entry entry) {
        Long until = scopes.isEmpty() ? null : scopes.get(scope);
        return until != null && entry.at().toEpochMilli() <= until;
    }

    /** These entries, without what was erased of them. */
    List<Entry> applyTo(List<Entry> read) {
        return isEmpty ? read : read.stream().map(this::applyTo).toList();
    }

    /** This page, without what was erased of it. */
    Page applyTo(Page page) {
        return isEmpty ? page : new Page(applyTo(page.entries()), page.last(), page.more(), page.oldest());
    }
}

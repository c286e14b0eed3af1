package dev.parley.log;

import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.util.List;

/**
 * Notified of the new entries that this process appends. The other half, {@link DraftListener}, is notified of the results
 * of the drafts, and is called first.
 *
 * <p>Order: the entries of a room come in the order of {@code seq}, each once. Where several processes write one log, the
 * entries of the others are left out: a relay brings them to the rooms, and a room that notices a gap in {@code seq}
 * reads the log.
 *
 * <p>Threads: called on the log's writer thread, one call at a time. The next batch waits for the call, so it must not
 * wait for a disk, a peer or application code. An exception is logged and does not affect the log.
 */
public interface EntryListener {
    /**
     * These entries are durable, and every read that begins from now on sees them.
     *
     * @param entries not empty; not changed afterwards
     */
    void added(List<Entry> entries);

    /**
     * The content of an entry is erased, durably. Every read that begins from now on sees the entry without it.
     *
     * @param seq the number of an entry that was added before
     */
    default void erased(RoomName room, long seq) {}
}

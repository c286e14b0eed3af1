package dev.parley.log;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
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
     * Everything of this scope begins to be erased. Every read that begins from now on sees the entries without it;
     * {@link #erased} follows in steps.
     *
     * @param until the time of the log's newest entry, in milliseconds since 1970; each later entry gets a later time
     */
    default void erasing(ErasureScope scope, long until) {}

    /**
     * The contents of entries are erased, durably. Every read that begins from now on sees the entries without them.
     *
     * @param erased about entries that were added before; at most 1,000, of any number of rooms; not changed afterwards
     */
    default void erased(List<ServerMessage.Erased> erased) {}
}

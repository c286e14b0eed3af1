package dev.parley.log;

import dev.parley.message.Entry;
import java.util.List;

/**
 * Notified of the new entries of all rooms, no matter which process appended them. The other half,
 * {@link DraftListener}, is notified of the results of this process's own drafts, and is called first.
 *
 * <p>Order: the entries of a room come in the order of {@code seq}, each once. Today's log has one writer and leaves
 * out no entry. A log that several processes write may leave some out: a listener that notices a gap in {@code seq}
 * must read the log.
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
}

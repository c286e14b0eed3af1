package dev.parley.log;

import dev.parley.message.Entry;
import java.util.List;

/**
 * Hears of the entries that the rooms of the log newly have, whoever appended them. The other half, {@link DraftListener},
 * hears what became of this process's own drafts, and is called first.
 *
 * <p>Order: the entries of a room come in the order of {@code seq}, each once. Today's log has one writer and leaves none
 * out. A log that several processes write may: who notices a gap in {@code seq} reads the log.
 *
 * <p>Threads: called on the log's writer thread, one call at a time. A call holds up the next batch, so it must not wait
 * for a disk, a peer or application code. What it throws is logged and changes nothing for the log.
 */
public interface EntryListener {
    /**
     * These entries are durable, and every read that begins from now on sees them.
     *
     * @param entries not empty; not changed afterwards
     */
    void added(List<Entry> entries);
}

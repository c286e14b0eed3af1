package dev.parley.log;

import dev.parley.message.ParleyException;
import java.util.List;

/**
 * Hears what becomes of the drafts that this process appended to the log; each draft is in one call, once. The other half,
 * {@link EntryListener}, hears of new entries.
 *
 * <p>Threads: called on the log's writer thread, one call at a time. A call holds up the next batch, so it must not wait
 * for a disk, a peer or application code. What it throws is logged and changes nothing for the log.
 */
public interface DraftListener {
    /**
     * These drafts are durable (fsynced), in this order. Where some of the entries are new, a call of
     * {@link EntryListener#added} with these follows at once, on the same thread.
     *
     * @param batch not empty; of one transaction; not changed afterwards
     */
    void stored(List<Appended> batch);

    /**
     * None of these drafts is stored, and none will be. Each can be appended again under the same id.
     *
     * @param drafts not empty; not changed afterwards
     * @param why {@code unavailable}, in almost all cases
     */
    void refused(List<Draft> drafts, ParleyException why);
}

package dev.parley.log;

import dev.parley.message.ParleyException;
import java.util.List;

/**
 * Notified of the result of each draft that this process appended to the log; each draft is in exactly one call. The
 * other half, {@link EntryListener}, is notified of new entries.
 *
 * <p>Threads: called on the log's writer thread, one call at a time. The next batch waits for the call, so it must not
 * wait for a disk, a peer or application code. An exception is logged and does not affect the log.
 */
public interface DraftListener {
    /**
     * These drafts are durable (fsynced), in this order. If some of the entries are new, a call of
     * {@link EntryListener#added} with the new ones follows at once, on the same thread.
     *
     * @param batch not empty; all of one transaction; not changed afterwards
     */
    void stored(List<Appended> batch);

    /**
     * None of these drafts is stored, and none will be. Each can be appended again under the same id.
     *
     * @param drafts not empty; not changed afterwards
     * @param why its code is {@code unavailable}
     */
    void refused(List<Draft> drafts, ParleyException why);

    /**
     * It is unknown whether these drafts are stored: their commit failed, and the closing log could not ask the
     * database before it had to end. If a sender sends its message again under the same id, it is stored once.
     *
     * @param drafts not empty; not changed afterwards
     * @param why its code is {@code unavailable}
     */
    void unknown(List<Draft> drafts, ParleyException why);
}

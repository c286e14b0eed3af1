package dev.parley.log.durable;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.message.Entry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A connection that writes to a {@link Database}. What was appended and put since the last {@link #commit} or
 * {@link #rollback} is one transaction; it is begun by itself. For one thread at a time; every method may wait for a disk.
 *
 * <pre>
 *   append, put ──▶ commit ──▶ append …
 *     │ one row       │ failed: close, and ask another appender (find)
 *     ▼               ▼
 *   rollback        close
 * </pre>
 */
public interface Appender extends AutoCloseable {
    /**
     * Adds entries to the open transaction, in the order of the drafts. An entry gets the {@code seq} that follows on the last
     * one of its room, in this transaction or before, and the first of a room is 1. Its time is that of now, in whole
     * milliseconds (see {@link EntryClock}).
     *
     * <p>A draft whose user used its id in its room before, even earlier in the same list, adds nothing: its answer has the
     * first entry and is marked as repeated.
     *
     * @param drafts 1 to 1,000; not kept
     * @return the answer to each draft, in the same order
     * @throws SQLException nothing of the list counts then. Where the failure
     *     {@linkplain Database#concernsOneRow concerns one row}, {@link #rollback} comes next and the list is tried again in
     *     two halves; after any other failure, {@link #close}. An unchecked exception counts as one that concerns one row
     */
    List<Appended> append(List<Draft> drafts) throws SQLException;

    /**
     * Notes how far users have read, in the open transaction. A mark below the one that is stored changes nothing; neither does
     * one of a room without entries.
     *
     * @param marks may be empty; not kept
     * @throws SQLException as {@link #append} does
     */
    void put(List<Mark> marks) throws SQLException;

    /**
     * Makes the open transaction durable (fsynced), all of it or nothing. Readers see it from then on.
     *
     * @throws SQLException it is unknown whether the transaction is stored; only {@link #close} may come next
     */
    void commit() throws SQLException;

    /**
     * Takes back the open transaction.
     *
     * @throws SQLException only {@link #close} may come next
     */
    void rollback() throws SQLException;

    /**
     * The entry that is stored for a draft: under its id, of its user, in its room. Whoever stored it, and wherever it is in
     * the log: another process may have stored the draft that this one was not answered for. Asked outside a transaction,
     * after a commit that failed, and only for drafts that were part of it.
     *
     * @return empty when the draft is not stored, and will not be by any transaction that was begun before
     * @throws SQLException only {@link #close} may come next
     */
    Optional<Entry> find(Draft draft) throws SQLException;

    /** Takes back what is not committed, and closes the connection. */
    @Override
    void close() throws SQLException;
}

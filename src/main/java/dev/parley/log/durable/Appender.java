package dev.parley.log.durable;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.ErasureScope;
import dev.parley.log.User;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A connection that writes to a {@link Database}. All that was appended, put and reserved since the last {@link #commit} or
 * {@link #rollback} is one transaction, which begins by itself. For one thread at a time; every method may wait for a
 * disk.
 *
 * <pre>
 *   append, put, reserve ──▶ commit ──▶ append …
 *     │ one row                │ failed: close, and ask another appender (find)
 *     ▼                        ▼
 *   rollback                 close
 * </pre>
 */
public interface Appender extends AutoCloseable {
    /**
     * Adds entries to the open transaction, in the order of the drafts. An entry gets the {@code seq} after the last
     * one of its room, counting this transaction; the first of a room is 1. Its time is the current time in whole
     * milliseconds (see {@link EntryClock}).
     *
     * <p>A direct room is found by both of its users from its first entry on: see {@link Reader#unread}.
     *
     * <p>If the user of a draft used the same id in the same room before, even earlier in the same list, the draft adds
     * no entry: its result has the first entry and is marked as repeated. If that entry was deleted meanwhile, the result has
     * its number and time, and the body of this draft.
     *
     * @param drafts 1 to 1,000; not kept
     * @return the result of each draft, in the same order
     * @throws SQLException if the list could not be added; none of it counts then. If the failure
     *     {@linkplain Database#concernsOneRow concerns one row}, the caller calls {@link #rollback} and tries the list
     *     again in two halves; after any other failure it calls {@link #close}. An unchecked exception counts as a
     *     failure that concerns one row
     */
    List<Appended> append(List<Draft> drafts) throws SQLException;

    /**
     * Notes how far users have read, in the open transaction. A mark below the stored one changes nothing, and neither
     * does a mark in a room without entries.
     *
     * @param marks may be empty; not kept
     * @throws SQLException as {@link #append} does
     */
    void put(List<Mark> marks) throws SQLException;

    /**
     * Deletes entries that are not kept any more, in the open transaction: one small step of a sweep over all rooms. A step
     * reads and deletes at most 2,000 entries with 4 MiB of bodies, or one entry that is larger.
     *
     * <p>Only the oldest entries of a room are deleted, without a gap, and together with their bytes. Readers see this as
     * {@link dev.parley.log.Page#oldest}. The numbers of a room go on as if nothing had been deleted, also if all of its
     * entries were. The id of a deleted entry is remembered for seven days after the entry was stored: until then, a draft
     * with that id is a repeated one. The marks of the room stay.
     *
     * @param place where the step begins: {@link Swept#END}, or the result of the step before
     * @throws SQLException only {@link #close} may come next
     */
    Swept sweep(Retention retention, long place) throws SQLException;

    /**
     * Erases the content of an entry, in the open transaction: its text, its bytes, its media type and the name of its file.
     * Readers see an entry that is {@link Entry#erased}, with its number, id, time and sender.
     *
     * @return whether the entry is there; its content may have been erased before
     * @throws SQLException only {@link #close} may come next
     */
    boolean erase(RoomName room, long seq) throws SQLException;

    /** Writes standings and the audit log in the transactions of this appender. The same object at each call. */
    ModerationWriter moderation();

    /** Writes the positions of observers in the transactions of this appender. The same object at each call. */
    ObserverWriter observers();

    /**
     * Begins to erase everything of a scope, in the open transaction: readers see none of it after the commit. The rest is
     * done by {@link #eraseNext}.
     *
     * <p>The key of a user is replaced, so that the user's later drafts belong to another author. A draft with the id of an
     * entry that was erased so is a repeated one, for seven days at least after the end of the job.
     *
     * @return empty if the database has nothing of the scope. If a job that is not done has all of it, this job
     * @throws SQLException only {@link #close} may come next
     */
    Optional<ErasureJob> beginErasure(ErasureScope scope) throws SQLException;

    /**
     * Runs the next step of the oldest job that {@link #beginErasure} began and that is not done, in the open transaction. A
     * step reads at most 20,000 rows, and erases at most 1,000 entries with 4 MiB of bodies, or one entry that is larger. The
     * newest 1,000 entries of each room have a hint each, the last one of these with {@code older} if there may be more.
     *
     * @return empty if there is no job; then no transaction is open
     * @throws SQLException only {@link #close} may come next
     */
    Optional<ErasureStep> eraseNext() throws SQLException;

    /**
     * Removes what is left on the disk of content that was erased or deleted, as far as the database can. Called outside a
     * transaction; must not wait for readers.
     *
     * @return false if something is left because others use the database; then it is called again later
     * @throws SQLException only {@link #close} may come next
     */
    boolean purge() throws SQLException;

    /**
     * Keeps names as reserved, in the open transaction: no guest gets them any more, see {@link Reader#names}. A name that
     * is reserved already stays so.
     *
     * @param users each with its name; may be empty; not kept
     * @throws SQLException as {@link #append} does
     */
    void reserve(List<User> users) throws SQLException;

    /**
     * Makes the open transaction durable (fsynced), all of it or nothing. Readers see it from that moment.
     *
     * @throws SQLException if it is unknown whether the transaction is stored; only {@link #close} may be called next
     */
    void commit() throws SQLException;

    /**
     * Rolls back the open transaction.
     *
     * @throws SQLException only {@link #close} may come next
     */
    void rollback() throws SQLException;

    /**
     * Finds the entry that is stored for a draft: with its id, of its user, in its room. It finds the entry no matter
     * which process stored it and where in the log it is, because another process may have stored the draft whose
     * commit failed here. Called outside a transaction, after a commit that failed, and only for drafts of that commit.
     *
     * @return empty if the draft is not stored, and no transaction that began before will store it
     * @throws SQLException only {@link #close} may come next
     */
    Optional<Entry> find(Draft draft) throws SQLException;

    /** Rolls back the open transaction, and closes the connection. */
    @Override
    void close() throws SQLException;
}

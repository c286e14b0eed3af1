package dev.parley.transaction;

import dev.parley.log.Draft;

/**
 * Keeps the messages that an application sends in a JTA transaction until that has committed; then they are appended to the log,
 * in the order in which they were added. If the log refuses a message for a moment, as when the disk is full, messages behind it may
 * be stored before it. After a rollback none of them is appended. Thread-safe.
 */
public interface TransactionQueue extends AutoCloseable {
    /** Begins to append. Called once, when all parts of the application work. */
    void start();

    /**
     * Whether the thread has a transaction. Then its messages must be added here. A transaction that has committed is none: what
     * runs after its commit can send at once.
     *
     * @throws dev.parley.message.ParleyException with {@code unavailable} if the transaction can't commit any more
     */
    boolean isInTransaction();

    /**
     * Adds a message to the transaction of the thread. The outcome of the draft is notified after the end of the transaction.
     *
     * @throws dev.parley.message.ParleyException with {@code unavailable} if it is not added: the transaction can't commit any
     *     more, or there is no place for the message
     */
    void add(Draft draft);

    /** What this does, as a part of a sentence in the operator's log. */
    @Override
    String toString();

    /** Ends. Waits a few seconds for what is being appended, and for committed messages that wait in memory. */
    @Override
    void close();
}

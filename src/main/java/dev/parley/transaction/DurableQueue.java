package dev.parley.transaction;

import dev.parley.log.Draft;
import dev.parley.log.MessageLog;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Keeps the messages of transactions in a table of the application's database (the pattern <em>transactional outbox</em>). A message
 * is a row that its transaction inserts; after the commit, a thread appends it to the log and deletes the row. So a message is in
 * the log, once, if and only if its transaction has committed, also after a crash at any time. Thread-safe.
 *
 * <p>This needs a database that keeps transactions whole in a crash, and shows no commit before it is durable. H2 does neither if it is
 * in the process that is killed (h2database/h2database#2080): then it concerns transactions whose commit or rollback has not returned.
 *
 * <pre>
 *   add ─▶ insert ─▶ commit ─▶ the thread: read ─▶ append under the id of the row ─▶ durable ─▶ delete
 *                                                      └── crash: again, and the log knows the id ──┘
 * </pre>
 *
 * <p>The transaction inserts a row and changes no other one, so no transaction waits for another. The rows get their numbers in the
 * room when they are appended. If one transaction has committed before another one begins, its rows have smaller ids, and are
 * appended first.
 */
public final class DurableQueue implements TransactionQueue {
    private static final String PREFIX = "outbox:";
    private static final int RADIX = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jta jta;
    private final Table table;
    private final String name;
    private final Outcomes outcomes = new Outcomes();
    private final Sender sender;

    /**
     * Makes the table, if it is missing and the database can be reached now. Else this is tried again and again.
     *
     * @param name the JNDI name of the data source, for the operator
     * @param store names this application among those that use the database; at most 255 characters
     * @param senders knows the senders of rows
     * @param threads makes the one thread that sends, which may use the data source
     * @param failures gets why messages can't be sent now
     */
    public DurableQueue(
            Jta jta,
            DataSource source,
            String name,
            String store,
            MessageLog log,
            Senders senders,
            ThreadFactory threads,
            Consumer<Throwable> failures) {
        this.jta = jta;
        this.name = name;
        this.table = new Table(jta, source, store);
        this.sender = new Sender(table, () -> new Round(log, senders, outcomes, failures), outcomes, failures);
        sender.open(threads);
    }

    @Override
    public void start() {
        sender.start();
    }

    @Override
    public boolean isInTransaction() {
        return jta.isInTransaction();
    }

    @Override
    public void add(Draft draft) {
        Pending<Long> pending = jta.pending(this, () -> new Pending<>(Long.MAX_VALUE, this::ended));
        pending.checkPlace(0);
        String id = draft.id().isSenders() ? draft.id().value() : newId();
        try {
            long row = table.add(Row.of(draft, id));
            outcomes.put(row, draft.outcome());
            add(row, pending);
        } catch (SQLException e) {
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, "the message can't be stored in the transaction: " + e.getMessage(), e);
        }
    }

    private void add(long row, Pending<Long> pending) {
        try {
            pending.add(row, 0);
        } catch (ParleyException e) {
            outcomes.remove(row);
            throw e;
        }
    }

    /**
     * Random, so that nobody can guess the id of a later message: a client of the user for whom the application sends could use it first,
     * and the message would count as a repetition. No two processes make the same ids, also if the table is made anew or is restored
     * from a backup.
     */
    private static String newId() {
        return PREFIX
                + Long.toUnsignedString(RANDOM.nextLong(), RADIX)
                + Long.toUnsignedString(RANDOM.nextLong(), RADIX);
    }

    private void ended(List<Long> rows, Pending.End end) {
        outcomes.ended(rows, end);
        if (end != Pending.End.ROLLED_BACK) {
            sender.wake();
        }
    }

    /** Rows that are left are sent after the next start. */
    @Override
    public void close() {
        sender.close();
    }

    @Override
    public String toString() {
        return "with the commit, once, by way of " + name;
    }
}

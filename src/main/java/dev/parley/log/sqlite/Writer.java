package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.MessageLog.Listener;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The one thread that writes: takes all that waits, commits it as one transaction, tells what became of it, and again.
 * {@link #start} may be called by any thread, the rest is the writer's own.
 *
 * <pre>
 *   take ──▶ append each ──▶ commit ──▶ tell: committed
 *                │              │ failed: ask a new connection whether it is stored
 *                │              ├── it is ──▶ tell: committed
 *                │              └── it isn't ──▶ tell: refused
 *                ├── one row can't be stored ──▶ those before it, without it, those after it
 *                └── the database failed ──▶ tell: refused; the next batch gets a new connection
 * </pre>
 */
final class Writer implements Runnable {
    /**
     * How long one transaction may take before the disk counts as stalled. A group of messages takes milliseconds, and on
     * slow disks some tenths of a second; people who wait longer than this are better told.
     */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(Writer.class.getName());

    private final DataSource database;
    private final WriteQueue inbox;
    private final Runnable ending;
    private final DatabaseWait disk = new DatabaseWait();
    private volatile Listener listener;
    /** Null when the next batch has to open one. */
    private SqliteAppender store;

    private boolean failing;

    /** @param ending is run at last, by the writer, when it writes no more */
    Writer(DataSource database, WriteQueue inbox, Runnable ending) {
        this.database = database;
        this.inbox = inbox;
        this.ending = ending;
    }

    void start(Listener listener) {
        this.listener = listener;
        inbox.open();
    }

    /** Whether it has been waiting for the disk for longer than disks take. Any thread may ask. */
    boolean isStalled() {
        return disk.isLongerThan(PATIENCE);
    }

    @Override
    public void run() {
        try {
            while (writeNext()) {
                // Until the log is closed.
            }
        } finally {
            dropStore();
            ending.run();
        }
    }

    /** In a method of its own: a batch on this thread's stack would keep its senders, and all they hold, until the next. */
    private boolean writeNext() {
        Batch batch = inbox.take(!failing);
        if (batch == null) {
            return false;
        }
        write(batch.drafts(), batch.marks(), true);
        disk.end();
        return true;
    }

    /** @param grows whether what comes meanwhile is added: it shares the commit then, instead of waiting for it */
    private void write(List<Draft> drafts, List<Mark> marks, boolean grows) {
        if (inbox.overdue()) {
            refuse(drafts, "the log is closed", null);
            return;
        }
        List<Appended> appended = new ArrayList<>(drafts.size());
        disk.begin();
        try {
            if (store == null) {
                store = new SqliteAppender(database);
            }
        } catch (SQLException | RuntimeException | Error e) {
            fail(drafts, e);
            return;
        }
        try {
            while (appended.size() < drafts.size()) {
                appended.add(store.append(drafts.get(appended.size())));
                if (grows && appended.size() == drafts.size()) {
                    inbox.takeMore(drafts);
                }
            }
            for (Mark mark : marks) {
                store.put(mark);
            }
        } catch (SQLException | RuntimeException | Error e) {
            if (concernsOneRow(e)) {
                writeAround(appended.size(), drafts, marks, e);
            } else {
                fail(drafts, e);
            }
            return;
        }
        commit(drafts, appended, marks);
    }

    private static boolean concernsOneRow(Throwable e) {
        return e instanceof SQLException sql ? Sqlite.concernsOneRow(sql) : e instanceof RuntimeException;
    }

    /** A draft that can't be stored is refused by itself: with its batch it would take others along, again and again. */
    private void writeAround(int odd, List<Draft> drafts, List<Mark> marks, Throwable why) {
        try {
            store.rollback();
        } catch (SQLException e) {
            dropStore();
        }
        if (odd == drafts.size()) {
            LOG.log(Level.WARNING, "marks can't be stored and are dropped", why);
            inbox.written(marks);
            write(drafts, List.of(), false);
            return;
        }
        if (odd > 0) {
            write(drafts.subList(0, odd), List.of(), false);
        }
        LOG.log(Level.WARNING, "a message cannot be stored: {0}", why.toString());
        refuse(drafts.subList(odd, odd + 1), "this message can't be stored", why);
        if (odd + 1 < drafts.size()) {
            write(drafts.subList(odd + 1, drafts.size()), marks, false);
        }
    }

    private void commit(List<Draft> drafts, List<Appended> appended, List<Mark> marks) {
        try {
            store.commit();
        } catch (SQLException | RuntimeException | Error e) {
            dropStore();
            if (!isStored(appended)) {
                fail(drafts, e);
                return;
            }
        }
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "the log can be written again");
        }
        inbox.written(marks);
        if (!appended.isEmpty()) {
            tell(() -> listener.committed(appended));
        }
    }

    /**
     * Asks the database itself whether a failed commit took place, as long as it takes to get an answer: a sender told
     * that nothing was stored would say it again, and be heard twice. Only this thread writes, so one entry of the
     * transaction speaks for all.
     */
    private boolean isStored(List<Appended> appended) {
        Entry fresh = null;
        for (int i = 0; i < appended.size() && fresh == null; i++) {
            fresh = appended.get(i).repeated() ? null : appended.get(i).entry();
        }
        while (fresh != null) {
            try {
                store = new SqliteAppender(database);
                return store.holds(fresh);
            } catch (SQLException | RuntimeException | Error e) {
                note(e);
                dropStore();
                if (!inbox.pause()) {
                    return false;
                }
            }
        }
        return false;
    }

    private void fail(List<Draft> drafts, Throwable why) {
        note(why);
        dropStore();
        refuse(drafts, "messages can't be stored now; try again later", why);
    }

    private void note(Throwable why) {
        if (!failing) {
            failing = true;
            LOG.log(Level.ERROR, "the log can't be written; messages are refused until it can", why);
        }
    }

    private void refuse(List<Draft> drafts, String sentence, Throwable why) {
        if (!drafts.isEmpty()) {
            ParleyException refusal = new ParleyException(ErrorCode.UNAVAILABLE, sentence, why);
            tell(() -> listener.refused(drafts, refusal));
        }
    }

    private void tell(Runnable news) {
        disk.end();
        // A container's interrupt is no request of ours, and the listener isn't to stumble over it.
        Thread.interrupted();
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the log's listener failed", e);
        }
    }

    private void dropStore() {
        SqliteAppender dropped = store;
        store = null;
        if (dropped == null) {
            return;
        }
        try {
            dropped.close();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection of the log could not be closed", e);
        }
    }
}

package dev.parley.log.durable;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.log.StandingListener;
import dev.parley.message.Entry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one thread that writes. In a loop it takes all that waits, commits it as one transaction and notifies the
 * listeners. Any thread may call {@link #start} and {@link #isStalled}; all other methods run on the writer's thread.
 *
 * <pre>
 *   take ──▶ append ──▶ commit ──▶ notify: stored, added
 *              │           │ failed: ask a new connection for each draft
 *              │           ├── it is stored ──▶ notify: stored, added
 *              │           ├── it isn't ──▶ notify: refused
 *              │           └── no answer before the log has to end ──▶ notify: unknown
 *              ├── one row can't be stored ──▶ the first half of the batch, then the second half
 *              └── the database failed ──▶ notify: refused; the next batch gets a new connection
 * </pre>
 */
final class Writer implements Runnable {
    /**
     * How long one transaction may take before the disk counts as stalled. A batch takes milliseconds, on slow disks a
     * few tenths of a second. After this time, new messages are rejected, so that their senders learn of the problem.
     */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(Writer.class.getName());

    private final Database database;
    private final WriteQueue queue;
    private final Sweep sweep;
    private final Runnable ending;
    private final DatabaseWait disk = new DatabaseWait();
    private final Listeners listeners;
    private final Requests requests;
    private final CurrentAppender current;

    private boolean failing;

    /** @param ending run by the writer after its last batch */
    Writer(Database database, WriteQueue queue, Sweep sweep, StandingListener standings, Runnable ending) {
        this.database = database;
        this.current = new CurrentAppender(database);
        this.queue = queue;
        this.sweep = sweep;
        this.ending = ending;
        this.listeners = new Listeners(disk, standings);
        this.requests = new Requests(listeners, sweep);
    }

    void start(DraftListener drafts, EntryListener entries) {
        listeners.set(drafts, entries);
        queue.open();
    }

    /** Whether the writer has been waiting for the disk longer than {@link #PATIENCE}. Any thread may call this. */
    boolean isStalled() {
        return disk.isLongerThan(PATIENCE);
    }

    @Override
    public void run() {
        try {
            while (writeNext()) {}
        } finally {
            current.drop();
            requests.end();
            ending.run();
        }
    }

    /**
     * This is not a part of the loop, because a batch in a variable of the loop would keep its senders in memory until the
     * next batch comes.
     */
    private boolean writeNext() {
        long untilDue = requests.untilDue();
        long begun = System.nanoTime();
        Batch batch = queue.take(!failing, failing ? untilDue : Math.min(sweep.untilDue(), untilDue));
        sweep.waited(System.nanoTime() - begun);
        if (batch == null) {
            return false;
        }
        boolean areNotesDone = !batch.hasDraftsOrNotes() || write(batch.drafts(), batch.notes(), true);
        List<Request> waited = areNotesDone ? batch.requests() : requests.refuseErasures(batch.requests());
        if (!waited.isEmpty()) {
            use(writing -> run(waited, writing), why -> requests.failed(waited, why));
        }
        // Both also while the log can't be written, because no batch may follow that could be written.
        if (requests.isPurgeDue()) {
            use(requests::purge, requests::notPurged);
        }
        if (requests.untilDue() <= 0) {
            use(requests::cleanUp, requests::notCleanedUp);
        }
        // Between batches, so that a sweep neither waits for a busy log nor holds it up.
        if (!failing && sweep.untilDue() <= 0 && !queue.isClosed()) {
            use(sweep::step, sweep::failed);
        }
        disk.end();
        return true;
    }

    private void run(List<Request> waited, Appender writing) throws SQLException {
        requests.run(writing, waited);
        recovered();
    }

    /** Something that has transactions of its own. */
    private interface Use {
        void of(Appender appender) throws SQLException;
    }

    private void use(Use use, Consumer<Throwable> failed) {
        disk.begin();
        try {
            use.of(current.get());
        } catch (SQLException | RuntimeException | Error e) {
            current.drop();
            failed.accept(e);
        }
    }

    /**
     * @param grows whether drafts that are queued meanwhile are added, so that they share this commit
     * @return whether none of the notes waits any more
     */
    private boolean write(List<Draft> drafts, Notes notes, boolean grows) {
        if (queue.overdue()) {
            listeners.refused(drafts, "the log is closed", null);
            return notes.isEmpty();
        }
        disk.begin();
        Appender appender;
        try {
            appender = current.get();
        } catch (SQLException | RuntimeException | Error e) {
            fail(drafts, e);
            return notes.isEmpty();
        }
        List<Appended> appended = new ArrayList<>(drafts.size());
        try {
            while (appended.size() < drafts.size()) {
                appended.addAll(appender.append(drafts.subList(appended.size(), drafts.size())));
                if (grows) {
                    queue.takeMore(drafts);
                }
            }
            appender.put(notes.marks());
            appender.reserve(notes.names());
        } catch (SQLException | RuntimeException | Error e) {
            if (concernsOneRow(e)) {
                return writeAround(drafts, notes, appended.size() == drafts.size(), e);
            }
            fail(drafts, e);
            return notes.isEmpty();
        }
        return commit(drafts, appended, notes);
    }

    private boolean concernsOneRow(Throwable e) {
        return e instanceof SQLException sql ? database.concernsOneRow(sql) : e instanceof RuntimeException;
    }

    /**
     * Rejects only the draft that can't be stored, and stores the others of its batch. A database that gets many rows
     * at once need not report which row was wrong, so the batch is written in halves, which finds the row in few steps.
     */
    private boolean writeAround(List<Draft> drafts, Notes notes, boolean isNote, Throwable why) {
        try {
            current.get().rollback();
        } catch (SQLException e) {
            current.drop();
        }
        if (isNote) {
            LOG.log(Level.WARNING, "read marks and reserved names can't be stored and are dropped", why);
            queue.written(notes);
            if (!drafts.isEmpty()) {
                write(drafts, Notes.NONE, false);
            }
            return true;
        }
        if (drafts.size() == 1) {
            LOG.log(Level.WARNING, "a message cannot be stored: {0}", why.toString());
            listeners.refused(drafts, "this message can't be stored", why);
            return notes.isEmpty() || write(List.of(), notes, false);
        }
        int half = drafts.size() / 2;
        write(drafts.subList(0, half), Notes.NONE, false);
        return write(drafts.subList(half, drafts.size()), notes, false);
    }

    private boolean commit(List<Draft> drafts, List<Appended> appended, Notes notes) {
        try {
            current.get().commit();
        } catch (SQLException | RuntimeException | Error e) {
            current.drop();
            return settle(drafts, appended, notes, e) || notes.isEmpty();
        }
        stored(appended, notes);
        return true;
    }

    private void stored(List<Appended> batch, Notes notes) {
        recovered();
        queue.written(notes);
        if (batch.isEmpty()) {
            return;
        }
        sweep.appended(batch);
        listeners.stored(batch);
    }

    /**
     * Answers the drafts of a commit that failed. The transaction may be stored anyway. A sender whose draft is rejected
     * sends the message again, and it must not be stored twice.
     *
     * @return whether the notes are stored
     */
    private boolean settle(List<Draft> drafts, List<Appended> appended, Notes notes, Throwable why) {
        List<Optional<Entry>> entries = find(drafts);
        if (entries == null) {
            listeners.unknown(drafts, why);
            return false;
        }
        List<Appended> stored = new ArrayList<>(drafts.size());
        List<Draft> lost = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Appended expected = appended.get(i);
            Optional<Entry> entry = entries.get(i);
            if (entry.isEmpty()) {
                lost.add(drafts.get(i));
            } else {
                // If the entry has another number, another process stored it.
                boolean isExpected = entry.get().seq() == expected.entry().seq();
                stored.add(new Appended(drafts.get(i), entry.get(), expected.repeated() || !isExpected));
            }
        }
        boolean isOurs = stored.stream().anyMatch(found -> !found.repeated());
        if (isOurs) {
            // A transaction is stored as a whole, so the notes are stored too.
            stored(stored, notes);
        } else if (!stored.isEmpty()) {
            stored(stored, Notes.NONE);
        }
        if (!lost.isEmpty() || drafts.isEmpty()) {
            fail(lost, why);
        }
        return isOurs;
    }

    /** Asks the database for each draft, until it answers. Returns null if the closing log has no time left for this. */
    private List<Optional<Entry>> find(List<Draft> drafts) {
        do {
            try {
                List<Optional<Entry>> found = new ArrayList<>(drafts.size());
                for (Draft draft : drafts) {
                    found.add(current.get().find(draft));
                }
                return found;
            } catch (SQLException | RuntimeException | Error e) {
                note(e);
                current.drop();
            }
        } while (queue.pause());
        return null;
    }

    private void fail(List<Draft> drafts, Throwable why) {
        note(why);
        current.drop();
        listeners.refused(drafts, "messages can't be stored now; try again later", why);
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "the log can be written again");
        }
    }

    private void note(Throwable why) {
        if (!failing) {
            failing = true;
            LOG.log(Level.ERROR, "the log can't be written; messages are refused until it can", why);
        }
    }
}

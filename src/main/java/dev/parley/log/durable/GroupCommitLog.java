package dev.parley.log.durable;

import dev.parley.log.Draft;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The durable log in a {@link Database}: one thread writes, two read, and one sees whether the disk answers them.
 * Thread-safe.
 *
 * <p>At most 20,000 drafts and 64 MiB of bodies wait to be written, and 10,000 reads to be answered; more are refused.
 * Where the disk is full or broken, drafts are refused and the log recovers with it. Where it doesn't answer, drafts are
 * refused after two seconds and reads after five; what was queued before waits until it does.
 */
public final class GroupCommitLog implements MessageLog {
    private static final Logger LOG = System.getLogger(GroupCommitLog.class.getName());
    private static final int CLOSE_SECONDS = 5;

    private final Database database;
    private final WriteQueue inbox = new WriteQueue();
    private final Readers readers;
    private final Writer writer;
    private final StallWatch watch;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private GroupCommitLog(Database database, ThreadFactory threads) throws SQLException {
        this.database = database;
        readers = new Readers(database, new DaemonThreads("parley-log-reader", threads));
        writer = new Writer(database, inbox, this::end);
        watch = new StallWatch(writer, readers, new DaemonThreads("parley-log-watch", threads));
        try {
            watch.start();
            new DaemonThreads("parley-log-writer", threads).newThread(writer).start();
        } catch (RuntimeException | Error e) {
            watch.close();
            readers.stop();
            readers.awaitEnd();
            throw e;
        }
    }

    /**
     * Opens the log in a database. Waits for the disk.
     *
     * @param database is closed when the log has ended, or could not be opened
     * @param threads makes the log's four threads, all of them now; they are made daemons
     * @throws ParleyException with {@code unavailable} when the database can't be read
     */
    public static GroupCommitLog open(Database database, ThreadFactory threads) {
        try {
            return new GroupCommitLog(database, threads);
        } catch (SQLException e) {
            database.close();
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, "can't open the log " + database + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    @Override
    public String epoch() {
        return database.epoch();
    }

    @Override
    public void start(DraftListener drafts, EntryListener entries) {
        Objects.requireNonNull(drafts);
        Objects.requireNonNull(entries);
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the log was started before");
        }
        writer.start(drafts, entries);
    }

    @Override
    public void append(Draft draft) {
        if (writer.isStalled()) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the disk does not answer; try again later");
        }
        database.checkSpace(draft.body());
        inbox.put(draft);
    }

    @Override
    public CompletionStage<Page> read(RoomName room, Range range) {
        Objects.requireNonNull(room);
        Objects.requireNonNull(range);
        return readers.read(reader -> reader.page(room, range));
    }

    @Override
    public void mark(RoomName room, UserName user, long seq) {
        inbox.put(new Mark(room, user, seq));
    }

    @Override
    public CompletionStage<Map<UserName, Long>> marks(RoomName room) {
        // Looked at before the database, so that a mark on its way there is seen in one of the two.
        Map<UserName, Long> waiting = inbox.marks(room);
        return readers.read(reader -> {
            Map<UserName, Long> marks = reader.marks(room);
            waiting.forEach((user, seq) -> marks.merge(user, seq, Math::max));
            return marks;
        });
    }

    /**
     * {@inheritDoc} A thread that is stuck in the disk keeps the database open until it comes back, even if that is after
     * this returned.
     */
    @Override
    public void close() {
        inbox.close();
        watch.close();
        readers.stop();
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (boolean waiting = true; waiting; ) {
            try {
                if (!ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.log(Level.WARNING, "the log still writes after {0} seconds and ends by itself", CLOSE_SECONDS);
                }
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        try {
            readers.awaitEnd();
            database.close();
        } finally {
            ended.countDown();
        }
    }
}

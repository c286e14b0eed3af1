package dev.parley.log.sqlite;

import dev.parley.log.Draft;
import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * The durable log in a SQLite database of its own: one thread writes, two read, and one sees
 * whether the disk answers them. Thread-safe.
 *
 * <p>At most 20,000 drafts and 64 MiB of bodies wait to be written, and 10,000 reads to be answered; more are refused.
 * Where the disk is full or broken, drafts are refused and the log recovers with it. Where it doesn't answer, drafts are
 * refused after two seconds and reads after five; what was queued before waits until it does.
 */
public final class GroupCommitLog implements MessageLog {
    private static final Logger LOG = System.getLogger(GroupCommitLog.class.getName());
    private static final int CLOSE_SECONDS = 5;

    /** The floor of free disk that fits the disk. */
    public static final long BY_DEFAULT = -1;

    private final String epoch;
    private final DataFolder folder;
    private final WriteQueue inbox = new WriteQueue();
    private final Readers readers;
    private final Writer writer;
    private final StallWatch watch;
    private final DiskSpace space;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private GroupCommitLog(DataFolder folder, DataSource database, long diskFree, ThreadFactory threads)
            throws SQLException {
        this.folder = folder;
        try (Connection connection = database.getConnection()) {
            epoch = Schema.migrate(connection);
        }
        readers = new Readers(database, daemons(threads, "parley-log-reader"));
        writer = new Writer(database, inbox, this::end);
        space = new DiskSpace(folder.path(), diskFree, daemons(threads, "parley-log-space"));
        watch = new StallWatch(writer, readers, daemons(threads, "parley-log-watch"));
        try {
            watch.start();
            daemons(threads, "parley-log-writer").newThread(writer).start();
        } catch (RuntimeException | Error e) {
            watch.close();
            space.close();
            readers.stop();
            readers.awaitEnd();
            throw e;
        }
    }

    /**
     * Opens the log in a folder, and makes both where they are missing. Waits for the disk.
     *
     * @param threads makes the log's five threads, all of them now; they are made daemons
     * @throws ParleyException with {@code unavailable} when another Parley uses the folder, or the log in it can't be
     *     opened or was written by a newer Parley
     */
    public static GroupCommitLog open(Path folder, ThreadFactory threads) {
        return open(folder, BY_DEFAULT, threads);
    }

    /**
     * As {@link #open(Path, ThreadFactory)}.
     *
     * @param diskFree how many bytes of the disk are to stay free: below it no attachments are stored, below half of it no
     *     texts either; {@link #BY_DEFAULT} for 256 MiB, but at most a tenth of the disk
     */
    public static GroupCommitLog open(Path folder, long diskFree, ThreadFactory threads) {
        DataFolder claimed = DataFolder.claim(folder);
        try {
            claimed.prepareDatabase();
        } catch (RuntimeException | Error e) {
            claimed.close();
            throw e;
        }
        return open(claimed, new Sqlite(claimed.database()), diskFree, threads);
    }

    /** Opens the log in a database reached in another way, such as one that fails on purpose. */
    static GroupCommitLog open(DataFolder claimed, DataSource database, ThreadFactory threads) {
        return open(claimed, database, BY_DEFAULT, threads);
    }

    private static GroupCommitLog open(DataFolder claimed, DataSource database, long diskFree, ThreadFactory threads) {
        try {
            return new GroupCommitLog(claimed, database, diskFree, threads);
        } catch (SQLException e) {
            free(claimed);
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, "can't open the log " + claimed.database() + ": " + Sqlite.sentence(e), e);
        } catch (RuntimeException | Error e) {
            free(claimed);
            throw e;
        }
    }

    private static ThreadFactory daemons(ThreadFactory threads, String name) {
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setName(name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public void start(Listener listener) {
        Objects.requireNonNull(listener);
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the log was started before");
        }
        writer.start(listener);
    }

    @Override
    public void append(Draft draft) {
        if (writer.isStalled()) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the disk does not answer; try again later");
        }
        space.check(draft.body());
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
     * {@inheritDoc} A thread that is stuck in the disk keeps the folder claimed until it comes back, even if that is
     * after this returned.
     */
    @Override
    public void close() {
        inbox.close();
        watch.close();
        space.close();
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
            free(folder);
        } finally {
            ended.countDown();
        }
    }

    private static void free(DataFolder folder) {
        try {
            Sqlite.forgetDriver();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.log(Level.WARNING, "SQLite's driver stays registered", e);
        }
        folder.close();
    }
}

package dev.parley.log.durable;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The threads that read, each with a connection. Thread-safe. At most {@value #WAITING} reads wait; more fail at once.
 *
 * <p>The connections are open from the start until the writer has ended: as long as one is, a database keeps what its
 * connections share, and the writer can reconnect on a full disk and find what the others see.
 */
final class Readers {
    static final int WAITING = 10_000;

    /**
     * How long one page may take before the disk counts as stalled. More than a page of 256 KiB takes of any disk, and
     * more than a database retries where two connections meet.
     */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int THREADS = 2;
    private static final String STALLED = "the disk does not answer; try again later";
    private static final Logger LOG = System.getLogger(Readers.class.getName());

    private final Database database;
    private final ThreadPoolExecutor pool;
    private final Queue<Reader> idle = new ConcurrentLinkedQueue<>();
    /** At most one for each thread. */
    private final Set<Read<?>> underWay = ConcurrentHashMap.newKeySet();
    /** Only keeps the same trouble from being reported at each read. */
    private volatile boolean failing;

    /** What is asked of a reader. */
    interface Query<T> {
        T ask(Reader reader) throws SQLException;
    }

    Readers(Database database, ThreadFactory threads) throws SQLException {
        this.database = database;
        try {
            for (int i = 0; i < THREADS; i++) {
                idle.add(database.reader());
            }
            pool = new ThreadPoolExecutor(
                    THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), threads);
            // A container's factory makes no threads any more while it undeploys.
            pool.prestartAllCoreThreads();
        } catch (SQLException | RuntimeException e) {
            closeIdle();
            throw e;
        }
    }

    /** The answer is completed on a reader's thread: whatever follows on it there holds up other reads. */
    <T> CompletionStage<T> read(Query<T> query) {
        Read<T> read = new Read<>(query);
        if (isStalled()) {
            read.refuse(STALLED, null);
            return read.answer;
        }
        try {
            pool.execute(read);
        } catch (RejectedExecutionException e) {
            read.refuse(pool.isShutdown() ? "the log is closed" : "too many reads wait; try again later", null);
        }
        return read.answer;
    }

    private final class Read<T> implements Runnable {
        private final Query<T> query;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final DatabaseWait disk = new DatabaseWait();

        Read(Query<T> query) {
            this.query = query;
        }

        @Override
        public void run() {
            disk.begin();
            underWay.add(this);
            try {
                ask();
            } finally {
                underWay.remove(this);
            }
        }

        private void ask() {
            Reader reader = idle.poll();
            T found;
            try {
                if (reader == null) {
                    reader = database.reader();
                }
                found = query.ask(reader);
                idle.add(reader);
            } catch (SQLException | RuntimeException | Error e) {
                close(reader);
                disk.end();
                if (!failing) {
                    failing = true;
                    LOG.log(Level.ERROR, "the log can't be read", e);
                }
                refuse("the log can't be read now; try again later", e);
                return;
            }
            // What follows on the answer is no matter of the disk's.
            disk.end();
            failing = false;
            answer.complete(found);
        }

        private void refuse(String sentence, Throwable why) {
            answer.completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, sentence, why));
        }
    }

    /**
     * Fails the reads that the disk doesn't answer, and, where no thread is left that could read, those that wait: so each
     * read ends in a bounded time. What the disk answers later is thrown away. Called from time to time.
     */
    void giveUpTheStuck() {
        if (isStalled()) {
            refuseWaiting(STALLED);
        }
        stuck().forEach(read -> read.refuse(STALLED, null));
    }

    private boolean isStalled() {
        return stuck().count() == THREADS;
    }

    private Stream<Read<?>> stuck() {
        return underWay.stream().filter(read -> read.disk.isLongerThan(PATIENCE));
    }

    /** Takes no more reads, and fails those that wait. */
    void stop() {
        pool.shutdown();
        refuseWaiting("the log is closed");
    }

    private void refuseWaiting(String why) {
        List<Runnable> waiting = new ArrayList<>();
        pool.getQueue().drainTo(waiting);
        for (Runnable read : waiting) {
            ((Read<?>) read).refuse(why, null);
        }
    }

    /** Waits for the reads under way, however long, then closes the connections. */
    void awaitEnd() {
        for (boolean ended = false; !ended; ) {
            try {
                ended = pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // The folder must not be freed while a thread is in its files.
            }
        }
        closeIdle();
    }

    private void closeIdle() {
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            close(reader);
        }
    }

    private static void close(Reader reader) {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection of the log could not be closed", e);
        }
    }
}

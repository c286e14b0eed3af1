package dev.parley.log;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The threads that read, each with a connection. Thread-safe. At most {@value #WAITING} reads wait; more fail at once.
 *
 * <p>The connections are open from the start: as long as one is, SQLite's shared memory stays, and the writer can
 * reconnect on a full disk and find what the others see.
 */
final class Readers {
    static final int WAITING = 10_000;

    private static final int THREADS = 2;
    private static final Logger LOG = System.getLogger(Readers.class.getName());

    private final DataSource database;
    private final ThreadPoolExecutor pool;
    private final Queue<Reader> idle = new ConcurrentLinkedQueue<>();
    /** Only keeps the same trouble from being reported at each read. */
    private volatile boolean failing;

    /** What is asked of a reader. */
    interface Query<T> {
        T ask(Reader reader) throws SQLException;
    }

    Readers(DataSource database, ThreadFactory threads) throws SQLException {
        this.database = database;
        try {
            for (int i = 0; i < THREADS; i++) {
                idle.add(new Reader(database));
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

        Read(Query<T> query) {
            this.query = query;
        }

        @Override
        public void run() {
            Reader reader = idle.poll();
            T found;
            try {
                if (reader == null) {
                    reader = new Reader(database);
                }
                found = query.ask(reader);
                idle.add(reader);
            } catch (SQLException | RuntimeException | Error e) {
                if (!failing) {
                    failing = true;
                    LOG.log(Level.ERROR, "the log can't be read", e);
                }
                close(reader);
                refuse("the log can't be read now; try again later", e);
                return;
            }
            failing = false;
            answer.complete(found);
        }

        private void refuse(String sentence, Throwable why) {
            answer.completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, sentence, why));
        }
    }

    /** Takes no more reads, and fails those that wait. */
    void stop() {
        pool.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        pool.getQueue().drainTo(waiting);
        for (Runnable read : waiting) {
            ((Read<?>) read).refuse("the log is closed", null);
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

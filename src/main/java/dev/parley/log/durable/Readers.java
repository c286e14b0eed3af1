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
 * The threads that read, each with its connection. Thread-safe. At most {@value #WAITING} reads wait; more fail at
 * once.
 *
 * <p>Connections are open from the start until the writer has ended. As long as one connection is open, a database
 * keeps the files that its connections share. So the writer can reconnect while the disk is full, and sees the same
 * data as the readers.
 */
final class Readers {
    static final int WAITING = 10_000;

    /**
     * How long one read may take before the disk counts as stalled. A page of 256 KiB takes less on any disk. It is as
     * long as SQLite waits for a lock of another connection.
     */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int THREADS = 2;
    private static final String STALLED = "the disk does not answer; try again later";
    private static final Logger LOG = System.getLogger(Readers.class.getName());

    private final Database database;
    private final ThreadPoolExecutor pool;
    private final Queue<Reader> idle = new ConcurrentLinkedQueue<>();
    /** The reads that the threads are answering, at most one for each thread. */
    private final Set<PendingRead<?>> running = ConcurrentHashMap.newKeySet();
    /** Whether the last read failed, so that an outage is logged once and not for each read. */
    private volatile boolean failing;

    /** A query to a reader. */
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
            // All threads start now: a container's factory makes no threads while it undeploys the application.
            pool.prestartAllCoreThreads();
        } catch (SQLException | RuntimeException e) {
            closeIdle();
            throw e;
        }
    }

    /**
     * Runs a query. The stage is completed on a reader's thread; an action that depends on it runs there too, and
     * delays other reads.
     */
    <T> CompletionStage<T> read(Query<T> query) {
        PendingRead<T> read = new PendingRead<>(query);
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

    private final class PendingRead<T> implements Runnable {
        private final Query<T> query;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final DatabaseWait disk = new DatabaseWait();

        PendingRead(Query<T> query) {
            this.query = query;
        }

        @Override
        public void run() {
            disk.begin();
            running.add(this);
            try {
                ask();
            } finally {
                running.remove(this);
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
            // Actions that depend on the answer must not count as waiting for the disk.
            disk.end();
            failing = false;
            answer.complete(found);
        }

        private void refuse(String sentence, Throwable why) {
            answer.completeExceptionally(new ParleyException(ErrorCode.UNAVAILABLE, sentence, why));
        }
    }

    /**
     * Fails the reads that the disk does not answer. If no thread is left that can read, it also fails the reads that
     * wait. So each read ends after a bounded time. Answers that come later are dropped. Called every 250 ms.
     */
    void failStalled() {
        if (isStalled()) {
            refuseWaiting(STALLED);
        }
        stalled().forEach(read -> read.refuse(STALLED, null));
    }

    private boolean isStalled() {
        return stalled().count() == THREADS;
    }

    private Stream<PendingRead<?>> stalled() {
        return running.stream().filter(read -> read.disk.isLongerThan(PATIENCE));
    }

    /** Accepts no more reads, and fails the reads that wait. */
    void stop() {
        pool.shutdown();
        refuseWaiting("the log is closed");
    }

    private void refuseWaiting(String why) {
        List<Runnable> waiting = new ArrayList<>();
        pool.getQueue().drainTo(waiting);
        for (Runnable read : waiting) {
            ((PendingRead<?>) read).refuse(why, null);
        }
    }

    /** Waits for the running reads without a time limit, then closes the connections. */
    void awaitEnd() {
        for (boolean ended = false; !ended; ) {
            try {
                ended = pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // The data folder must not be released while a thread uses its files.
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

package dev.parley.transaction;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The thread that appends the rows of the table to the log. A commit wakes it. It also looks once a second: for rows that are there
 * since before a restart, or whose transaction had an unknown end. Thread-safe.
 *
 * <p>After a failure of any kind it tries again, after a pause that grows up to {@value #LONGEST_MILLIS} ms. Only {@link #close} ends
 * it. It holds one read of the table in memory, whatever waits there.
 */
final class Sender implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 10_000;
    private static final long OPEN_SECONDS = 10;
    private static final long CLOSE_MILLIS = 5_000;

    private final Table table;
    private final Supplier<Round> rounds;
    private final Outcomes outcomes;
    private final Consumer<Throwable> failures;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private Thread thread;
    private long pause = SHORTEST_MILLIS;

    Sender(Table table, Supplier<Round> rounds, Outcomes outcomes, Consumer<Throwable> failures) {
        this.table = table;
        this.rounds = rounds;
        this.outcomes = outcomes;
        this.failures = failures;
    }

    /** Makes the thread, and waits some seconds for its first try to make the table. Called once. */
    void open(ThreadFactory threads) {
        thread = threads.newThread(this::run);
        thread.start();
        try {
            if (!tried.await(OPEN_SECONDS, TimeUnit.SECONDS)) {
                failures.accept(new SQLException("the database does not answer"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to append. */
    void start() {
        started.countDown();
    }

    /** There may be new rows. Does not block. */
    void wake() {
        work.release();
    }

    private void run() {
        while (!isClosed()) {
            try {
                work();
                pause = SHORTEST_MILLIS;
            } catch (ExecutionException e) {
                failed(e.getCause());
            } catch (SQLException | TimeoutException | InterruptedException | RuntimeException | Error e) {
                // An interrupt that does not belong to close() may come from a driver, or from a container that ends
                // its threads.
                failed(e);
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void work() throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        table.make();
        tried.countDown();
        started.await();
        // What is committed from now on wakes the thread again.
        work.drainPermits();
        if (!isClosed() && !sendOldest()) {
            work.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Sends the rows of one read. Returns whether there were any. */
    private boolean sendOldest() throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        outcomes.beforeRead();
        Table.Rows oldest = table.oldest();
        outcomes.afterRead(oldest.rows().keySet(), oldest.upTo());
        Round round = rounds.get();
        round.append(oldest.rows());
        table.delete(round.stored());
        table.reject(round.rejected());
        if (!round.stored().isEmpty()) {
            pause = SHORTEST_MILLIS;
        }
        if (round.stop() != null) {
            throw round.stop();
        }
        return !oldest.rows().isEmpty();
    }

    private void failed(Throwable why) {
        if (isClosed()) {
            return;
        }
        try {
            failures.accept(why);
        } catch (RuntimeException | Error e) {
            // It can't even be logged. The thread goes on: the next failure may be.
        }
        tried.countDown();
        try {
            closed.await(pause, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // As above.
        }
        pause = Math.min(LONGEST_MILLIS, 2 * pause);
    }

    /** Ends the thread after the rows that it is sending. It is not interrupted: H2 closes its database then. */
    @Override
    public void close() {
        closed.countDown();
        started.countDown();
        work.release();
        try {
            if (thread != Thread.currentThread()) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

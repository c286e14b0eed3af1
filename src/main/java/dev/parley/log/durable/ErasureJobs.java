package dev.parley.log.durable;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Erases users and rooms in steps, one after the other. For the writer's thread alone.
 *
 * <pre>
 *   begun ──▶ step ──▶ commit ──▶ notify: erased ──▶ the writer has as much time as the step took ──▶ step …
 *                                                     the last step: complete the stage
 * </pre>
 */
final class ErasureJobs {
    private static final Logger LOG = System.getLogger(ErasureJobs.class.getName());
    private static final int MOST = 1_000;
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);
    /** How often the database is asked where no job is known: it forgets old ones then. */
    private static final long IDLE = TimeUnit.HOURS.toNanos(1);

    private final Listeners listeners;
    /**
     * The stages of jobs, by their ids. A job that is older than this process has none, and a job that was asked for again has
     * several.
     */
    private final Map<Long, List<CompletableFuture<Long>>> stages = new HashMap<>();
    /** How many stages there are: two for a user with an inbox. */
    private int waiting;
    /** When the next step is due, as {@link System#nanoTime}. A job may be left from before the start. */
    private long due = System.nanoTime();
    /** Whether the last step failed. */
    private boolean failing;

    ErasureJobs(Listeners listeners) {
        this.listeners = listeners;
    }

    /** @throws ParleyException with {@code unavailable} if as many stages wait as may */
    void checkPlace() {
        if (waiting >= MOST) {
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, MOST + " users and rooms wait to be erased; try again later");
        }
    }

    /** It has begun, durably. */
    void add(ScopeErasure begun) {
        for (ScopeErasure.Part part : begun.parts()) {
            stages.computeIfAbsent(part.job().id(), first -> new ArrayList<>()).add(part.result());
            waiting++;
            due = System.nanoTime();
        }
    }

    /** When {@link #step} is due, as {@link System#nanoTime}. */
    long due() {
        return due;
    }

    /**
     * Runs the next step in a transaction of its own, if it is due.
     *
     * @return whether something was erased
     * @throws SQLException the appender must be closed. It is tried again; the step has changed nothing
     */
    boolean step(Appender appender) throws SQLException {
        try {
            boolean erased = next(appender);
            failing = false;
            return erased;
        } catch (SQLException | RuntimeException | Error e) {
            if (!failing) {
                failing = true;
                LOG.log(Level.WARNING, "a user or a room can't be erased now; this is tried again every second", e);
            }
            throw e;
        }
    }

    /** The database can't be used now. The next step is due after a pause. */
    void postpone() {
        due = Math.max(due, System.nanoTime() + AGAIN);
    }

    private boolean next(Appender appender) throws SQLException {
        long begun = System.nanoTime();
        if (due - begun > 0) {
            return false;
        }
        due = begun + AGAIN;
        Optional<ErasureStep> step = appender.eraseNext();
        if (step.isEmpty()) {
            due = System.nanoTime() + IDLE;
            return false;
        }
        appender.commit();
        long now = System.nanoTime();
        due = now + (now - begun);
        ErasureStep done = step.get();
        if (!done.hints().isEmpty()) {
            listeners.erased(done.hints());
        }
        List<CompletableFuture<Long>> ended = done.done() ? stages.remove(done.job()) : null;
        if (ended != null) {
            waiting -= ended.size();
            ended.forEach(stage -> stage.complete(done.entries()));
        }
        return true;
    }

    /** The log has ended. Jobs that are not done go on when it is opened again. */
    void end() {
        ParleyException why = new ParleyException(
                ErrorCode.UNAVAILABLE, "the log is closed; the rest is erased when it is opened again");
        stages.values().forEach(ended -> ended.forEach(stage -> stage.completeExceptionally(why)));
        stages.clear();
        waiting = 0;
    }
}

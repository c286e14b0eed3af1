package dev.parley.log.durable;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@link Request}s, and later removes what they have left: erased content on the disk, bans that have ended, and old
 * entries of the audit log. For the writer's thread alone.
 *
 * <pre>
 *   run ──▶ commit ──▶ notify and complete the stages ──▶ purge ──▶ done
 *                                                          │ ▲
 *                                    others read the files └─┘ every second
 * </pre>
 */
final class Requests {
    private static final Logger LOG = System.getLogger(Requests.class.getName());
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);
    /** How long a ban or a mute that has ended may stay on the disk. */
    private static final long TIDY_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private static final long LONG_PAUSE = TimeUnit.HOURS.toNanos(1);

    private final Listeners listeners;
    private final Sweep sweep;
    private final ErasureJobs jobs;
    private boolean purges;
    /** When to purge, as {@link System#nanoTime}: at most once a second, because it takes as long as some batches. */
    private long purgeDue = System.nanoTime();

    private long tidyDue = System.nanoTime() + TIDY_PAUSE;

    Requests(Listeners listeners, Sweep sweep) {
        this.listeners = listeners;
        this.sweep = sweep;
        this.jobs = new ErasureJobs(listeners);
    }

    /**
     * Runs them in one transaction, and completes their stages.
     *
     * @throws SQLException it is unknown whether they are stored; the appender must be closed. The stages are not completed
     */
    void run(Appender appender, List<Request> requests) throws SQLException {
        List<Runnable> afterwards = new ArrayList<>(requests.size());
        for (Request request : requests) {
            afterwards.add(begin(request, appender));
            purges |= request instanceof Erasure;
            if (request instanceof Keeping) {
                // Before the commit: it may be stored although the commit fails. A sweep too many does no harm.
                sweep.changed();
            }
            if (request instanceof Moderation) {
                tidyDue = Math.min(tidyDue, System.nanoTime() + TIDY_PAUSE);
            }
        }
        appender.commit();
        afterwards.forEach(Runnable::run);
    }

    private Runnable begin(Request request, Appender appender) throws SQLException {
        if (!(request instanceof ScopeErasure erasure)) {
            return request.run(appender, listeners);
        }
        try {
            jobs.checkPlace();
        } catch (ParleyException full) {
            return () -> request.failed(full, listeners);
        }
        Runnable begun = request.run(appender, listeners);
        return () -> {
            begun.run();
            jobs.add(erasure);
        };
    }

    /** They can be repeated. */
    void failed(List<Request> requests, Throwable why) {
        // Observers try again each second, and the writer says once that it can't write.
        if (!requests.stream().allMatch(ObserverChange.class::isInstance)) {
            LOG.log(Level.WARNING, "an action of a moderator or an erasure can't be stored", why);
        }
        ParleyException refusal =
                new ParleyException(ErrorCode.UNAVAILABLE, "this can't be stored now; try again later", why);
        requests.forEach(request -> request.failed(refusal, listeners));
    }

    /**
     * Refuses to erase users and rooms, because the notes of their batch could not be written. Notes of these users are not
     * among them: the queue has dropped those.
     *
     * @return the other requests
     */
    List<Request> refuseErasures(List<Request> requests) {
        ParleyException refusal =
                new ParleyException(ErrorCode.UNAVAILABLE, "this can't be stored now; try again later");
        requests.stream().filter(ScopeErasure.class::isInstance).forEach(erasure -> erasure.failed(refusal, listeners));
        return requests.stream()
                .filter(request -> !(request instanceof ScopeErasure))
                .toList();
    }

    /** The time until {@link #cleanUp} or {@link #purge} is due, in nanoseconds; 0 or less if it is due. */
    long untilDue() {
        long now = System.nanoTime();
        long next = Math.min(tidyDue - now, jobs.due() - now);
        return purges ? Math.min(next, purgeDue - now) : next;
    }

    /** It is tried again after a pause, also if the database could not be reached at all. */
    void notCleanedUp(Throwable why) {
        long now = System.nanoTime();
        tidyDue = Math.max(tidyDue, now + TIDY_PAUSE);
        purgeDue = Math.max(purgeDue, now + AGAIN);
        jobs.postpone();
        LOG.log(Level.DEBUG, "what erased messages and ended bans have left is still on the disk", why);
    }

    /** @throws SQLException the appender must be closed; it is tried again */
    void cleanUp(Appender appender) throws SQLException {
        long now = System.nanoTime();
        if (tidyDue - now <= 0) {
            tidyDue = now + TIDY_PAUSE;
            ModerationWriter.Tidied tidied = appender.moderation().tidy(Instant.now());
            appender.commit();
            tidyDue = now + (tidied.isComplete() ? tidied.hasEnds() ? TIDY_PAUSE : LONG_PAUSE : AGAIN);
            // It may have been the address of a person.
            purges |= tidied.standings() > 0;
        }
        purges |= jobs.step(appender);
    }

    boolean isPurgeDue() {
        return purges && purgeDue - System.nanoTime() <= 0;
    }

    /** @throws SQLException the appender must be closed; it is tried again */
    void purge(Appender appender) throws SQLException {
        purgeDue = System.nanoTime() + AGAIN;
        purges = !appender.purge();
    }

    /** It is tried again after a pause, also if the database could not be reached at all. */
    void notPurged(Throwable why) {
        purgeDue = Math.max(purgeDue, System.nanoTime() + AGAIN);
        LOG.log(Level.DEBUG, "erased content is still on the disk", why);
    }

    /** The log has ended. */
    void end() {
        jobs.end();
    }
}

package dev.parley.log.durable;

import dev.parley.log.Appended;
import dev.parley.message.Retention;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Deletes the entries that are not kept any more. One round visits all rooms in small steps. For the writer's thread alone.
 *
 * <pre>
 *   pause ──▶ step ──▶ the writer has its time (SweepPace) ──▶ step … ──▶ the last room: pause
 * </pre>
 *
 * <p>The pause between two rounds grows with the time for looking at all rooms, so that the rounds of a log with very many rooms
 * take only a part of the thread's time. The time for deleting and counting does not count: else a busy log would be swept ever less often.
 * When the log has grown too much, the pause is only as long as the looking demands.
 */
final class Sweep {
    private static final Logger LOG = System.getLogger(Sweep.class.getName());
    /** The pause after a round while entries are appended or deleted. */
    private static final long LIVELY_PAUSE = TimeUnit.SECONDS.toNanos(1);
    /** The pause after a round in which nothing happened. */
    private static final long QUIET_PAUSE = TimeUnit.MINUTES.toNanos(1);
    /** A pause is at least this many times as long as the round before it looked at rooms. */
    private static final int PART = 20;
    /** The most steps between two batches: with rules in bytes, one step may delete fewer entries than a batch appends. */
    private static final int MOST_STEPS = 4;

    private final Retention retention;
    private final IntConsumer deleted;
    private final SweepPace pace;
    private long place = Swept.END;
    /** When the next round is due, as {@link System#nanoTime}. */
    private long due;
    /** When the last round ended. */
    private long roundEnded;
    /** How long the steps of the current round took that only looked at rooms, and those of the last round. */
    private long looked;

    private long lastLooked;
    /** Whether entries were appended or deleted since the current round began. */
    private boolean lively;

    private boolean failing;
    /** Whether the rounds visit rooms from which entries were deleted: their ids are forgotten also without rules. */
    private boolean hasDeleted;

    /** Whether rooms keep their entries for a time of their own, as far as is known. */
    private boolean hasKeeps;

    private boolean ended;

    /** @param deleted gets the number of entries after each step that deleted some; must not wait */
    Sweep(Retention retention, IntConsumer deleted) {
        this(retention, deleted, new SweepPace(SweepPace.MOST_ENTRIES, SweepPace.MOST_BYTES));
    }

    Sweep(Retention retention, IntConsumer deleted, SweepPace pace) {
        this.retention = retention;
        this.deleted = deleted;
        this.pace = pace;
        roundEnded = System.nanoTime();
        // Without rules in the settings, only old ids and rooms with a rule of their own may be left, which is not
        // urgent.
        due = roundEnded + (retention.isForever() ? QUIET_PAUSE : 0);
    }

    /**
     * The time until the next step is due if the writer has nothing to write, in nanoseconds; 0 or less if it is due. Without rules and
     * without deleted entries, there is one round, a minute after the start.
     */
    long untilDue() {
        if (ended) {
            return Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        return place == Swept.END ? due - now : pace.untilDue(now);
    }

    /** The writer had nothing to write for this long. */
    void waited(long nanos) {
        pace.waited(nanos);
    }

    /** Entries were appended, so a pause for a quiet log ends soon. */
    void appended(List<Appended> batch) {
        if (hasRules()) {
            count(batch);
        }
        hasWork();
    }

    private void count(List<Appended> batch) {
        long entries = 0;
        long bytes = 0;
        for (Appended one : batch) {
            if (!one.repeated()) {
                entries++;
                bytes += one.entry().body().bytes();
            }
        }
        pace.appended(entries, bytes);
    }

    private void hasWork() {
        lively = true;
        if (place == Swept.END && !failing && hasRules()) {
            due = Math.min(due, pace.isOver() ? roundEnded + pause(0) : System.nanoTime() + pause(LIVELY_PAUSE));
        }
    }

    /** A room keeps its entries for another time from now on. */
    void changed() {
        hasKeeps = true;
        ended = false;
        hasWork();
    }

    private boolean hasRules() {
        return hasKeeps || !retention.isForever();
    }

    /**
     * Runs one step in a transaction of its own, and some more if the log has grown too much and one step does not change that. A step
     * that fails has changed nothing; the next round repeats it.
     *
     * @throws SQLException the appender must be closed
     */
    void step(Appender appender) throws SQLException {
        for (int i = 0; i < MOST_STEPS; i++) {
            boolean onlyLooked = stepOnce(appender).rows() == 0;
            if (onlyLooked || place == Swept.END || !pace.isOver()) {
                return;
            }
        }
    }

    private Swept stepOnce(Appender appender) throws SQLException {
        long begun = System.nanoTime();
        if (place == Swept.END) {
            pace.roundBegins(begun);
        }
        Swept swept = appender.sweep(retention, place);
        appender.commit();
        ended(swept, System.nanoTime(), begun);
        if (swept.deleted() > 0) {
            deleted.accept(swept.deleted());
        }
        return swept;
    }

    private void ended(Swept swept, long now, long begun) {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "entries that are not kept any more can be deleted again");
        }
        place = swept.next();
        pace.stepped(swept, begun, now);
        hasDeleted |= swept.hasDeleted();
        looked += swept.rows() > 0 ? 0 : now - begun;
        lively |= swept.deleted() > 0;
        if (place != Swept.END) {
            return;
        }
        pace.roundEnded();
        hasKeeps = swept.hasKeeps();
        ended = !hasDeleted && !hasRules();
        hasDeleted = false;
        lastLooked = looked;
        looked = 0;
        roundEnded = now;
        due = now + pause(pace.isOver() ? 0 : lively ? LIVELY_PAUSE : QUIET_PAUSE);
        lively = false;
    }

    private long pause(long least) {
        return Math.max(least, PART * lastLooked);
    }

    /** A step failed, or the database can't be reached. */
    void failed(Throwable why) {
        place = Swept.END;
        looked = 0;
        due = System.nanoTime() + QUIET_PAUSE;
        if (!failing) {
            failing = true;
            LOG.log(
                    Level.WARNING,
                    "entries that are not kept any more can't be deleted now; the log tries again every minute",
                    why);
        }
    }
}

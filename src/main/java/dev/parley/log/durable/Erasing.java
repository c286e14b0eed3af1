package dev.parley.log.durable;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Erases the content of entries, and then removes what is left of it on the disk. For the writer's thread alone.
 *
 * <pre>
 *   erase ──▶ commit ──▶ notify: erased ──▶ complete the stages ──▶ purge ──▶ done
 *                                                                    │ ▲
 *                                              others read the files └─┘ every second
 * </pre>
 */
final class Erasing {
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final Listeners listeners;
    private boolean purges;
    /** When to purge, as {@link System#nanoTime}: at most once a second, because it takes as long as some batches. */
    private long due = System.nanoTime();

    Erasing(Listeners listeners) {
        this.listeners = listeners;
    }

    /**
     * Erases them in one transaction, and completes their stages.
     *
     * @throws SQLException it is unknown whether they are erased; the appender must be closed. The stages are not completed
     */
    void erase(Appender appender, List<Erasure> erasures) throws SQLException {
        List<Boolean> results = new ArrayList<>();
        for (Erasure erasure : erasures) {
            results.add(appender.erase(erasure.room(), erasure.seq()));
        }
        appender.commit();
        for (int i = 0; i < erasures.size(); i++) {
            Erasure erasure = erasures.get(i);
            if (results.get(i)) {
                // Also if it was erased before: perhaps the commit had no answer then, and the listener does not know.
                purges = true;
                listeners.erased(erasure.room(), erasure.seq());
            }
            erasure.result().complete(results.get(i));
        }
    }

    /** They can be repeated. */
    void failed(List<Erasure> erasures, Throwable why) {
        ParleyException refusal =
                new ParleyException(ErrorCode.UNAVAILABLE, "messages can't be erased now; try again later", why);
        erasures.forEach(erasure -> erasure.result().completeExceptionally(refusal));
    }

    /** The time until {@link #purge} is due, in nanoseconds; 0 or less if it is due. */
    long untilDue() {
        return purges ? due - System.nanoTime() : Long.MAX_VALUE;
    }

    /** @throws SQLException the appender must be closed; it is tried again */
    void purge(Appender appender) throws SQLException {
        due = System.nanoTime() + AGAIN;
        purges = !appender.purge();
    }
}

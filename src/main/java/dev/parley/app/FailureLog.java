package dev.parley.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Logs the failures of one observer, or of another bean that Parley calls. The first failure is logged with its stack trace,
 * later ones with at most one line per minute and their number. The arguments of the calls are not logged, because messages are
 * confidential. Thread-safe.
 */
final class FailureLog {
    private static final Logger LOG = System.getLogger(EventDispatch.class.getName());
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final String who;
    private long logged;
    private long since;

    /** @param who names the bean, as the beginning of a sentence */
    FailureLog(String who) {
        this.who = who;
    }

    synchronized void log(Throwable failure) {
        long now = System.nanoTime();
        since++;
        if (logged != 0 && now - logged < PAUSE) {
            return;
        }
        if (logged == 0) {
            LOG.log(Level.WARNING, who + " failed", failure);
        } else {
            LOG.log(Level.WARNING, "{0} failed {1} more times, the last time with {2}", who, since, failure);
        }
        logged = now;
        since = 0;
    }
}

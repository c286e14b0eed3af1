package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.security.RateLimit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the actions of each moderator, with all its connections: otherwise one of them could fill the audit log, and so remove
 * the entries about itself. Thread-safe.
 *
 * <p>It remembers the {@value #MOST} moderators that acted last.
 */
final class ModeratorPace {
    static final int MOST = 10_000;
    /** Actions a second in the long run: a million entries of the audit log take days. */
    static final int RATE = 2;

    static final int BURST = 200;

    /** By the keys of the moderators. */
    private final Map<String, RateLimit> byModerator = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A moderator acts.
     *
     * @param moderator its key
     * @throws ParleyException with {@code tooFast} if it acts too often
     */
    synchronized void pass(String moderator, long now) {
        if (!byModerator
                .computeIfAbsent(moderator, first -> new RateLimit(RATE, BURST, now))
                .pass(now)) {
            throw new ParleyException(
                    ErrorCode.TOO_FAST,
                    "more than " + BURST + " actions at once, or " + RATE + " in a second; try again later");
        }
    }
}

package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.security.RateLimit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Limits the actions of each moderator, with all its connections: otherwise one of them could fill the audit log, and so remove
 * the entries about itself. With rooms for members, every user can be a moderator; so the actions that give something are rarer.
 * Those that take something away follow them, and stay possible. Thread-safe.
 *
 * <p>It remembers the {@value #MOST} moderators that acted last.
 */
final class ModeratorPace {
    static final int MOST = 10_000;
    /** Actions a second, until those of a day are used up. */
    static final int RATE = 2;

    static final int BURST = 200;
    /** Actions in a day: a million entries of the audit log take longer than the 400 days that an entry is kept. */
    static final int DAILY = 2_000;
    /** {@code create}, {@code invite}, {@code appoint} and {@code open}, in a minute in the long run. */
    static final int GIVING_RATE = 1;

    static final int GIVING_BURST = 100;

    /** The limits of a moderator. */
    private record Limits(RateLimit all, RateLimit giving, RateLimit daily) {
        static Limits at(long now) {
            return new Limits(
                    new RateLimit(RATE, BURST, now),
                    new RateLimit(GIVING_RATE / 60.0, GIVING_BURST, now),
                    new RateLimit(DAILY / (double) TimeUnit.DAYS.toSeconds(1), DAILY, now));
        }
    }

    /** By the keys of the moderators. */
    private final Map<String, Limits> byModerator = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Limits> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A moderator acts.
     *
     * @param moderator its key
     * @throws ParleyException with {@code tooFast} if it acts too often
     */
    synchronized void pass(String moderator, ModerationAction action, long now) {
        Limits limits = byModerator.computeIfAbsent(moderator, first -> Limits.at(now));
        if (!limits.all.pass(now)) {
            throw tooFast(BURST + " actions at once, or " + RATE + " in a second");
        }
        boolean gives = switch (action) {
            case CREATE, INVITE, APPOINT, OPEN -> true;
            default -> false;
        };
        if (gives && !limits.giving.pass(now)) {
            throw tooFast(GIVING_BURST + " rooms, roles and invitations at once, or " + GIVING_RATE + " in a minute");
        }
        if (!limits.daily.pass(now)) {
            throw tooFast(DAILY + " actions in a day");
        }
    }

    private static ParleyException tooFast(String than) {
        return new ParleyException(ErrorCode.TOO_FAST, "more than " + than + "; try again later");
    }
}

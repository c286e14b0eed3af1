package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.security.RateLimit;

/** How many errors one peer may make before its connection is closed. Not thread-safe: it is guarded by its conversation. */
final class ErrorAllowance {
    /** At once; one more is forgiven each second. */
    private static final int MOST = 100;
    /** More, for a client that is merely too fast: one that sends all it has after a break means no harm. */
    private static final int MOST_TOO_FAST = 1_000;

    private final RateLimit errors;
    private final RateLimit tooFast;

    /** @param rate how many messages a second are handled */
    ErrorAllowance(int rate, long now) {
        errors = new RateLimit(1, MOST, now);
        // Half of the messages of a client that always sends twice the rate are rejected, and the client may stay.
        tooFast = new RateLimit(rate, MOST_TOO_FAST, now);
    }

    /** @return false where this one was one too many */
    boolean pass(ErrorCode code, long now) {
        return switch (code) {
            // That is this server's own trouble.
            case UNAVAILABLE -> true;
            case TOO_FAST -> tooFast.pass(now);
            default -> errors.pass(now);
        };
    }
}

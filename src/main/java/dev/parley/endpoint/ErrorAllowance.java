package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.security.RateLimit;

/** The number of errors after which the connection of a peer is closed. Not thread-safe: it is guarded by its conversation. */
final class ErrorAllowance {
    /** The errors that are allowed at once. One more is allowed each second. */
    private static final int MOST = 100;
    /** The errors {@code tooFast} that are allowed at once: an honest client may send many messages after a break. */
    private static final int MOST_TOO_FAST = 1_000;

    private final RateLimit errors;
    private final RateLimit tooFast;

    /** @param rate the number of messages that are handled in a second */
    ErrorAllowance(int rate, long now) {
        errors = new RateLimit(1, MOST, now);
        // So a client that always sends twice the rate may stay: half of its messages are rejected.
        tooFast = new RateLimit(rate, MOST_TOO_FAST, now);
    }

    /** Counts an error. @return false if the connection must be closed */
    boolean pass(ErrorCode code, long now) {
        return switch (code) {
            // The server causes these errors.
            case UNAVAILABLE -> true;
            case TOO_FAST -> tooFast.pass(now);
            default -> errors.pass(now);
        };
    }
}

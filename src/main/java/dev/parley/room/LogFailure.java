package dev.parley.room;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.concurrent.CompletionException;

/** What members are told where the log can't be read. Pure functions. */
final class LogFailure {
    private LogFailure() {}

    /** Why something could not be read: what the log itself says of it, or {@code unavailable}. */
    static ParleyException unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ParleyException parley
                ? parley
                : new ParleyException(ErrorCode.UNAVAILABLE, "the log can't be read now", cause);
    }
}

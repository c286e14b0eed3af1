package dev.parley.room;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.concurrent.CompletionException;

/** Makes the error for a member when the log can't be read. Pure functions. */
final class LogFailure {
    private LogFailure() {}

    /** The exception of the log if it is a {@link ParleyException}; else a new one with {@code unavailable}. */
    static ParleyException unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ParleyException parley
                ? parley
                : new ParleyException(ErrorCode.UNAVAILABLE, "the log can't be read now", cause);
    }
}

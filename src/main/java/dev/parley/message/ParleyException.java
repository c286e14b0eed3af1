package dev.parley.message;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The one exception of Parley: it has a code for programs and a sentence for people. */
public final class ParleyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Duration retryAfter;

    public ParleyException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public ParleyException(ErrorCode code, String message, Throwable cause) {
        this(code, message, null, cause);
    }

    private ParleyException(ErrorCode code, String message, Duration retryAfter, Throwable cause) {
        // Most of these answer a client's mistake. A stack trace would cost much and help nobody.
        super(message, cause, false, cause != null);
        this.code = Objects.requireNonNull(code);
        this.retryAfter = retryAfter;
    }

    /** An exception for a request that may succeed after this time, and not before. */
    public static ParleyException retryAfter(ErrorCode code, String message, Duration time) {
        return new ParleyException(code, message, Objects.requireNonNull(time), null);
    }

    public static ParleyException badRequest(String message) {
        return new ParleyException(ErrorCode.BAD_REQUEST, message);
    }

    public ErrorCode code() {
        return code;
    }

    /** The time after which the request may succeed; empty if it is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

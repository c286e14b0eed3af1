package dev.parley.message;

import java.util.Objects;

/** The one exception of Parley: it has a code for programs and a sentence for people. */
public final class ParleyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public ParleyException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public ParleyException(ErrorCode code, String message, Throwable cause) {
        // Most of these answer a client's mistake. A stack trace would cost much and help nobody.
        super(message, cause, false, cause != null);
        this.code = Objects.requireNonNull(code);
    }

    public static ParleyException badRequest(String message) {
        return new ParleyException(ErrorCode.BAD_REQUEST, message);
    }

    public ErrorCode code() {
        return code;
    }
}

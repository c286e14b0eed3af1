package dev.parley.client;

import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import java.util.Objects;

/**
 * How a connection ended. Immutable.
 *
 * @param code the code of the close frame (RFC 6455 section 7.4), or {@link CloseCode#BROKEN} where there was none.
 *     Open Liberty reports a broken connection as 1011
 * @param reason the reason of the close frame, or a description of the failure; may be empty
 */
public record Closed(int code, String reason) {
    public Closed {
        Objects.requireNonNull(reason);
    }

    static Closed broken(String reason) {
        return new Closed(CloseCode.BROKEN, reason);
    }

    /** The error code for a connection that ended before its {@code welcome}. */
    ErrorCode refusal() {
        if (code == CloseCode.UNAUTHENTICATED.code()) {
            return ErrorCode.UNAUTHORIZED;
        }
        return code == CloseCode.FORBIDDEN.code() ? ErrorCode.FORBIDDEN : ErrorCode.UNAVAILABLE;
    }

    String sentence() {
        return "the connection ended with " + code + (reason.isEmpty() ? "" : ": " + reason);
    }
}

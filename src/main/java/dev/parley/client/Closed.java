package dev.parley.client;

import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import java.util.Objects;

/**
 * How a connection ended. Immutable.
 *
 * @param code the code of the close frame (RFC 6455 section 7.4), or {@link CloseCode#BROKEN} where there was none.
 *     Open Liberty reports a line that broke as 1011
 * @param reason the reason given with it, or what went wrong; may be empty
 */
public record Closed(int code, String reason) {
    public Closed {
        Objects.requireNonNull(reason);
    }

    static Closed broken(String reason) {
        return new Closed(CloseCode.BROKEN, reason);
    }

    /** What a connection that ended so before its welcome is to whoever wanted to connect. */
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

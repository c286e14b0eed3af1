package dev.parley.message;

/** Why a connection was closed: the codes of RFC 6455 section 7.4, and Parley's codes from 4000 on. */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    NOT_UTF8(1007),
    POLICY(1008),
    TOO_LARGE(1009),
    /** The server could not handle a message (RFC 6455 section 7.4.1). */
    INTERNAL(1011),
    RESTART(1012),
    /** The limit of connections is reached (IANA's registry: "Try Again Later"). */
    TRY_LATER(1013),
    /** The peer received too slowly, and its write queue passed its bound. */
    TOO_SLOW(4000),
    /** The peer sent nothing for two heartbeats. */
    SILENT(4001),
    ABUSE(4400),
    UNAUTHENTICATED(4401),
    FORBIDDEN(4403),
    /** A newer connection of the same session took over. */
    REPLACED(4409);

    /** The connection ended without a close frame. This code is never sent (RFC 6455 section 7.4.1). */
    public static final int BROKEN = 1006;

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether a client that was closed with {@code code} should connect again. */
    public static boolean comesBack(int code) {
        return switch (code) {
            case 1000, 1002, 1003, 1007, 1008, 1009, 1010 -> false;
            default -> code < 4400;
        };
    }
}

package dev.parley.message;

/** Why a request failed: the {@code code} of an {@code error} message. */
public enum ErrorCode {
    BAD_REQUEST("badRequest"),
    UNKNOWN_TYPE("unknownType"),
    UNAUTHORIZED("unauthorized"),
    FORBIDDEN("forbidden"),
    NOT_MEMBER("notMember"),
    NOT_FOUND("notFound"),
    TOO_LARGE("tooLarge"),
    TOO_FAST("tooFast"),
    /** The log can't be written or read now. Nothing was stored; the same {@code id} may be tried again. */
    UNAVAILABLE("unavailable");

    private final String wire;

    ErrorCode(String wire) {
        this.wire = wire;
    }

    /** The code as it stands on the wire. */
    public String wire() {
        return wire;
    }

    /**
     * The code that stands on the wire as {@code wire}.
     *
     * @throws ParleyException with {@link #BAD_REQUEST} for a word that is no code
     */
    public static ErrorCode ofWire(String wire) {
        for (ErrorCode code : values()) {
            if (code.wire.equals(wire)) {
                return code;
            }
        }
        throw new ParleyException(BAD_REQUEST, "no such error code");
    }
}

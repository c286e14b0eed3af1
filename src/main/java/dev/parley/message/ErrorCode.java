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
    /**
     * The server can't do this now. In a reply to a client, nothing was stored; elsewhere that may be unknown. The message
     * may be sent again under the same {@code id}.
     */
    UNAVAILABLE("unavailable");

    private final String wire;

    ErrorCode(String wire) {
        this.wire = wire;
    }

    /** The code in the JSON of the protocol. */
    public String wire() {
        return wire;
    }

    /**
     * The code with this {@link #wire} form.
     *
     * @throws ParleyException with {@link #BAD_REQUEST} if there is no such code
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

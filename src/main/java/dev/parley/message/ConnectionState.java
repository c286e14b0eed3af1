package dev.parley.message;

/**
 * Where a connection stands in its life, on either side of it.
 *
 * <pre>
 * CONNECTING ──► OPEN ◄──► MESSAGE_RECEIVED
 *     │           │
 *     │           ├──► CLOSING ──► CLOSED
 *     └───────────┴──────────────► CLOSED
 * </pre>
 */
public enum ConnectionState {
    CONNECTING,
    OPEN,
    MESSAGE_RECEIVED,
    CLOSING,
    CLOSED;

    /** Whether messages are taken and sent: neither before the opening, nor once either side has begun to close. */
    public boolean isOpen() {
        return this == OPEN || this == MESSAGE_RECEIVED;
    }

    public boolean canBecome(ConnectionState next) {
        return switch (this) {
            case CONNECTING -> next == OPEN || next == CLOSED;
            case OPEN -> next == MESSAGE_RECEIVED || next == CLOSING || next == CLOSED;
            case MESSAGE_RECEIVED -> next == OPEN;
            case CLOSING -> next == CLOSED;
            case CLOSED -> false;
        };
    }
}

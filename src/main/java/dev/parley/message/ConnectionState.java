package dev.parley.message;

/**
 * The state of a connection, on the server or on the client.
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

    /** Whether messages are sent and received: the connection has opened, and neither side has begun to close it. */
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

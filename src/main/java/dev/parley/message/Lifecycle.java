package dev.parley.message;

import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The state of one connection, and the only way to change it. Thread-safe. The listener is notified of each transition
 * once, in order. It is called under this object's lock, so it must neither block nor throw.
 */
public final class Lifecycle {
    private final BiConsumer<ConnectionState, ConnectionState> listener;
    private ConnectionState state = ConnectionState.CONNECTING;

    /** @param listener gets the old state and the new state */
    public Lifecycle(BiConsumer<ConnectionState, ConnectionState> listener) {
        this.listener = Objects.requireNonNull(listener);
    }

    public synchronized ConnectionState state() {
        return state;
    }

    /** @return false if the connection was closed before it opened */
    public synchronized boolean opened() {
        return become(ConnectionState.OPEN);
    }

    /** @return false if the connection isn't open any more; then the caller ignores the message */
    public synchronized boolean messageReceived() {
        return become(ConnectionState.MESSAGE_RECEIVED);
    }

    /** The message was handled. Does nothing if the connection was closed meanwhile. */
    public synchronized void messageHandled() {
        if (state == ConnectionState.MESSAGE_RECEIVED) {
            become(ConnectionState.OPEN);
        }
    }

    /** @return whether this call began to close the connection; false if it was closing or closed before */
    public synchronized boolean closing() {
        messageHandled();
        return become(ConnectionState.CLOSING);
    }

    /** @return whether this call ended the connection; false if it had ended before */
    public synchronized boolean closed() {
        messageHandled();
        return become(ConnectionState.CLOSED);
    }

    private boolean become(ConnectionState next) {
        if (!state.canBecome(next)) {
            return false;
        }
        ConnectionState left = state;
        state = next;
        listener.accept(left, next);
        return true;
    }
}

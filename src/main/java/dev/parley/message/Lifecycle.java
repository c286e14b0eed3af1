package dev.parley.message;

import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The state of one connection and the only way to change it. Thread-safe; each transition is told once, in its order,
 * to the listener, which is called under this object's lock and must neither block nor throw.
 */
public final class Lifecycle {
    private final BiConsumer<ConnectionState, ConnectionState> listener;
    private ConnectionState state = ConnectionState.CONNECTING;

    /** @param listener hears the state that was left and the one that was entered */
    public Lifecycle(BiConsumer<ConnectionState, ConnectionState> listener) {
        this.listener = Objects.requireNonNull(listener);
    }

    public synchronized ConnectionState state() {
        return state;
    }

    /** @return false when the connection was closed before it opened */
    public synchronized boolean opened() {
        return become(ConnectionState.OPEN);
    }

    /** @return false when the connection isn't open any more: the message is to be ignored */
    public synchronized boolean messageReceived() {
        return become(ConnectionState.MESSAGE_RECEIVED);
    }

    /** The message is dealt with. Does nothing when the connection was closed meanwhile. */
    public synchronized void messageHandled() {
        if (state == ConnectionState.MESSAGE_RECEIVED) {
            become(ConnectionState.OPEN);
        }
    }

    /** @return whether this call began the closing: false when it had begun, or ended, before */
    public synchronized boolean closing() {
        messageHandled();
        return become(ConnectionState.CLOSING);
    }

    /** @return whether this call ended the connection: false when it had ended before */
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

package dev.parley.message;

/**
 * A connection changed its state. Observe it as a CDI event: {@code void on(@Observes ConnectionTransition transition)}.
 * The events of one connection are fired in order, on a thread of the application, each in its own request context. If
 * the container has managed threads, it is a managed thread.
 *
 * @param connection identifies the connection in this server process
 * @param caller the user of the connection, with its id and roles; null before the peer is authenticated
 */
public record ConnectionTransition(long connection, Caller caller, ConnectionState from, ConnectionState to) {
    /** The name of the user; null before the peer is authenticated. */
    public UserName user() {
        return caller == null ? null : caller.name();
    }
}

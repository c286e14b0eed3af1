package dev.parley.message;

/**
 * A connection changed its state. Observe it as a CDI event: {@code void on(@Observes ConnectionTransition transition)}.
 * The events of one connection are fired in order, on a thread of the application, each in its own request context. If
 * the container has managed threads, it is a managed thread.
 *
 * @param connection identifies the connection in this server process
 * @param user the user of the connection; null before the peer is authenticated
 */
public record ConnectionTransition(long connection, UserName user, ConnectionState from, ConnectionState to) {}

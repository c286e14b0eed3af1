package dev.parley.message;

/**
 * A connection went from one state to the next. Observe it as a CDI event: {@code void on(@Observes
 * ConnectionTransition transition)}; those of one connection come in their order, on a thread of the application's (a
 * managed one where the container has them), in a request context of their own.
 *
 * @param connection tells the connections of this server process apart
 * @param user who it belongs to, or null before that is known
 */
public record ConnectionTransition(long connection, UserName user, ConnectionState from, ConnectionState to) {}

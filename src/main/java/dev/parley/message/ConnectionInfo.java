package dev.parley.message;

/**
 * A snapshot of a connection.
 *
 * @param number identifies the connection in this server process
 * @param user the user of the connection; null before the peer is authenticated
 */
public record ConnectionInfo(long number, UserName user, ConnectionState state) {}

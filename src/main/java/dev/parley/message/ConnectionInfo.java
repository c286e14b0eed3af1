package dev.parley.message;

/**
 * A connection, as it was when it was asked for.
 *
 * @param number tells the connections of this server process apart
 * @param user whose it is, or null while the peer has not said who it is
 */
public record ConnectionInfo(long number, UserName user, ConnectionState state) {}

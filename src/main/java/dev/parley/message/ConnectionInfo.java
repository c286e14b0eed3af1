package dev.parley.message;

/**
 * A snapshot of a connection.
 *
 * @param number identifies the connection in this server process
 * @param caller the user of the connection, with its id and roles; null before the peer is authenticated
 */
public record ConnectionInfo(long number, Caller caller, ConnectionState state) {
    /** The name of the user; null before the peer is authenticated. */
    public UserName user() {
        return caller == null ? null : caller.name();
    }
}

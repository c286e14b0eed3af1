package dev.parley.client;

import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.time.Duration;

/**
 * Receives what the server sends to a {@link ChatClient}. Calls come one at a time, in the order in which the server
 * sent the messages, on the client's one listener thread, which also completes its replies. No lock is held.
 *
 * <p>A listener may use the client and may close it, but must not wait for a reply: this thread would have to complete
 * it. {@code get()} and {@code join()} throw an {@link IllegalStateException} there; {@code get} with a timeout only
 * times out. An exception of a listener is logged, and the next call follows. While 16 MiB wait for a slow listener,
 * the client reads nothing more, so that the server waits. After 10 s of this the client closes the connection with
 * 4000 and resumes on another one.
 */
public interface ChatListener {
    /**
     * The server welcomed the client, after the first connect and after each reconnect. The name may differ after a
     * reconnect.
     */
    default void welcomed(ServerMessage.Welcome welcome) {}

    /**
     * A room was joined, for the first time or again after a reconnect. Its entries that this listener has not received
     * yet follow through {@link #entry}. If a room is joined again and {@code recovered} is false, this listener misses
     * entries: either the room has another log than before, or the server has deleted some of the entries that came
     * meanwhile. Then the earlier entries are void.
     */
    default void joined(ServerMessage.Joined joined) {}

    /**
     * An entry of a joined room; its sender may be this client. From the first page on, each entry of a room comes once
     * and in the order of {@code seq}, over any number of connections.
     */
    default void entry(Entry entry) {}

    /**
     * The server put the client out of a room, because the client may not be there any more. Unsent messages to the room fail
     * with {@code forbidden}. The listener receives nothing more of the room, and the client does not join it again.
     *
     * @param left the message with the reason
     */
    default void left(ServerMessage.Left left) {}

    /** The client's permissions in a joined room have changed. The permissions at first are in {@link ServerMessage.Joined}. */
    default void granted(ServerMessage.Granted granted) {}

    /**
     * The content of an entry of a joined room was erased. Whoever shows or stores the entry drops its content; its number
     * stays.
     */
    default void erased(ServerMessage.Erased erased) {}

    /**
     * The client is a guest, and has another name from now on: a signed-in user, or the application, got the name that it had.
     * {@link ChatClient#welcome} has the new name already.
     */
    default void renamed(ServerMessage.Renamed renamed) {}

    /**
     * A room that the client has not joined has a new entry for its user: a direct room, {@code @} and the id of the other user, or
     * the user's {@linkplain ChatClient#inbox inbox}. It
     * comes after a welcome for each direct room with unread entries, at most 100, and later for new entries. It may come more than
     * once, and for a room that was joined meanwhile. Whoever wants the entries joins the room.
     */
    default void invited(ServerMessage.Invited invited) {}

    default void presence(ServerMessage.Presence presence) {}

    default void typing(ServerMessage.Typing typing) {}

    /** Another member, or the application, sent a text or data that is not stored. In a large room also this client's own ones come. */
    default void signal(ServerMessage.Signal signal) {}

    default void read(ServerMessage.Read read) {}

    /** The server is about to close the connection. */
    default void bye(ServerMessage.Bye bye) {}

    /** The server reported an error that answers no waiting request, or rejected a join after a break. */
    default void error(ServerMessage.Error error) {}

    /** A connection changed its state. Each connection begins in {@code CONNECTING}. */
    default void stateChanged(ConnectionState from, ConnectionState to) {}

    /** The connection ended or could not be opened; the client tries again after {@code pause}. */
    default void disconnected(Closed closed, Duration pause) {}

    /** The client has ended and does not reconnect. This is the last call. */
    default void closed(Closed closed) {}
}

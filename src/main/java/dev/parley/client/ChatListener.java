package dev.parley.client;

import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.time.Duration;

/**
 * Hears what the server tells a {@link ChatClient}. All calls come one after the other, in the order of the wire, on the
 * one thread of the client on which its replies are completed too, and under no lock.
 *
 * <p>So a listener may use the client, and may close it, but must not wait for a reply: that would come on the thread
 * that waits for it, and is refused with an {@link IllegalStateException}. What a listener throws is logged and does
 * no harm. While a listener is slow, nothing more is read, so that the server waits; after 10 s of that the connection
 * is closed with 4000, and another one goes on from there.
 */
public interface ChatListener {
    /** The server took the client in, at first and each time that it came back. The name may be another one then. */
    default void welcomed(ServerMessage.Welcome welcome) {}

    /**
     * A room was joined, at first or again after a break; its entries that weren't heard before follow, through
     * {@link #entry}. Joined again but not {@code recovered}, it has another log than before: what was heard of it is
     * void.
     */
    default void joined(ServerMessage.Joined joined) {}

    /**
     * Somebody, perhaps this client, said something in a room joined. Of each room, every entry from the first page on
     * is heard once and in the order of {@code seq}, over any number of connections.
     */
    default void entry(Entry entry) {}

    default void presence(ServerMessage.Presence presence) {}

    default void typing(ServerMessage.Typing typing) {}

    default void read(ServerMessage.Read read) {}

    /** The server is about to close the connection. */
    default void bye(ServerMessage.Bye bye) {}

    /** The server complains about something that no request waits for. */
    default void error(ServerMessage.Error error) {}

    /** A connection went from one state to the next; {@code from} is what it was in before. Each begins CONNECTING. */
    default void stateChanged(ConnectionState from, ConnectionState to) {}

    /** The connection ended, or couldn't be made; the next try comes after {@code pause}. */
    default void disconnected(Closed closed, Duration pause) {}

    /** The client has ended and won't come back: the last call of all. */
    default void closed(Closed closed) {}
}

package dev.parley.client;

import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;

/**
 * Hears what the server tells a {@link ChatClient} unasked. All calls come one after the other, in the order of the
 * wire, on the one thread of the client on which its replies are completed too, and under no lock.
 *
 * <p>So a listener may use the client, and may close it, but must not wait for a reply: that would come on the thread
 * that waits for it, and is refused with an {@link IllegalStateException}. What a listener throws is logged and does
 * no harm. While a listener is slow, nothing more is read, so that the server waits; after 10 s of that the connection
 * is closed with 4000.
 */
public interface ChatListener {
    /** Somebody, perhaps this client, said something in a room joined. */
    default void entry(Entry entry) {}

    default void presence(ServerMessage.Presence presence) {}

    default void typing(ServerMessage.Typing typing) {}

    default void read(ServerMessage.Read read) {}

    /** The server is about to close the connection; {@link #closed} follows. */
    default void bye(ServerMessage.Bye bye) {}

    /** The server complains about something that no request waits for. */
    default void error(ServerMessage.Error error) {}

    /** The connection went from one state to the next; {@code from} is what it was in before. */
    default void stateChanged(ConnectionState from, ConnectionState to) {}

    /** The connection ended: the last call of all. */
    default void closed(Closed closed) {}
}

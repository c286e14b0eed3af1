package dev.parley.room;

import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;

/**
 * Someone who can be in rooms: one connection, seen from them. Thread-safe; no method blocks or throws, and what is
 * told from one loop arrives in that order.
 */
public interface Member {
    User user();

    /** For this member alone. */
    void tell(ServerMessage message);

    /** For this member as for others. */
    void tell(Broadcast broadcast);

    /**
     * May be left out where the member reads slowly.
     *
     * @param key a later hint of the same key makes this one void
     */
    void hint(Object key, Broadcast broadcast);

    /** Runs {@code then} once there is room for another page: at once, or when what waits has been sent. Or never. */
    void whenReady(Runnable then);

    /** The rooms can't give this member what they promised; it had better come back and ask anew. */
    void lost(ParleyException why);
}

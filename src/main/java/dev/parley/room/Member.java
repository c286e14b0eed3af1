package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;

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

    /** Like {@link #tell(Broadcast)}, but false, and nothing is told, where much waits to be read already. */
    boolean offer(Broadcast broadcast);

    /**
     * May be left out where the member reads slowly.
     *
     * @param key a later hint of the same key makes this one void
     */
    void hint(Object key, Broadcast broadcast);

    /**
     * Begins to read a page for this member when there is room for it, and when the page before has been told: at once,
     * later, or, where the member goes, never.
     */
    void whenReady(PageTurn turn);

    /** Whether the member may be given one more page of those that it asked for: what it was given before is paid. */
    default boolean mayRead() {
        return true;
    }

    /** What the member may do in a room now. */
    default Set<Permission> permissions(RoomName room) {
        return EnumSet.allOf(Permission.class);
    }

    /** Why the member may not be sent what it asked for from the log of a room; null where it may. */
    default ParleyException refusalToRead(RoomName room) {
        return null;
    }

    /** The reading of one page. */
    @FunctionalInterface
    interface PageTurn {
        /**
         * Begins to read the page, on any thread.
         *
         * @return ends when the page has been told, or the member was told that it can't be; the next page begins then.
         *     Where it fails, or this throws, the member is {@link Member#lost}: nobody knows how far it got
         */
        CompletionStage<?> begin();
    }

    /** The rooms can't give this member what they promised; it had better come back and ask anew. */
    void lost(ParleyException why);
}

package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A connection that can be a member of rooms. Thread-safe. No method blocks or throws. Messages from one loop are sent in
 * their order.
 */
public interface Member {
    User user();

    /** Sends a message to this member only. */
    void tell(ServerMessage message);

    /** Sends messages that other members get too. */
    void tell(Broadcast broadcast);

    /** Like {@link #tell(Broadcast)}, but returns false and sends nothing if this member's write queue is too full. */
    boolean offer(Broadcast broadcast);

    /**
     * Sends messages that may be dropped if the member receives slowly.
     *
     * @param key a later hint with the same key replaces this one
     * @return false if they were dropped, because the member's write queue is too full
     */
    boolean hint(Object key, Broadcast broadcast);

    /**
     * Calls {@code turn} when the member's write queue has space and the page before was sent: at once, later, or never if
     * the connection ends.
     */
    void whenReady(PageTurn turn);

    /** Whether the member gets a {@link dev.parley.message.Body.Reference} in place of each attachment. */
    default boolean fetches() {
        return false;
    }

    /** Whether the member's quota allows one more page. */
    default boolean mayRead() {
        return true;
    }

    /** The member's permissions in a room. */
    default Set<Permission> permissions(RoomName room) {
        return Grant.all().permissions();
    }

    /** The least time between two messages of the member in a room. */
    default Duration slow(RoomName room) {
        return Duration.ZERO;
    }

    /** Why the member may not read the log of a room; null if it may. */
    default ParleyException refusalToRead(RoomName room) {
        return null;
    }

    /** Reads one page. */
    @FunctionalInterface
    interface PageTurn {
        /**
         * Begins to read the page, on any thread.
         *
         * @return completes when the page, or an error instead of it, was sent; then the next page begins. If the stage
         *     fails or this throws, {@link Member#lost} is called, because it is unknown how much the member got
         */
        CompletionStage<?> begin();
    }

    /** The rooms can't deliver to this member without a gap any more. The client must reconnect and join again. */
    void lost(ParleyException why);
}

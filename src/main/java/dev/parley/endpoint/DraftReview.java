package dev.parley.endpoint;

import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.concurrent.CompletableFuture;

/**
 * Changes or refuses the messages of peers before they are stored. Thread-safe. No method but {@link #close} waits, so each may
 * be called under a lock and on a loop.
 *
 * <p>Bounds: each connection has one message in review at a time. A review has a bounded queue, and fails at once if it is
 * full. A review has no timeout; the connection that asks has one.
 */
public interface DraftReview extends AutoCloseable {
    /** Reviews nothing. */
    DraftReview NONE = new DraftReview() {
        @Override
        public boolean isFor(RoomName room) {
            return false;
        }

        @Override
        public CompletableFuture<Body> review(User user, Caller caller, RoomName room, String id, Body body) {
            return CompletableFuture.completedFuture(body);
        }
    };

    /** Whether messages to this room are reviewed. The answer for a room is always the same. */
    boolean isFor(RoomName room);

    /**
     * Reviews a message. Called only if the user may send it.
     *
     * @param id the client's id for the message; or null
     * @return completes with the body to store, on any thread, perhaps before this method returns. It fails with a {@link
     *     ParleyException} if the message must not be stored. A connection that needs no answer any more cancels the future, or
     *     fails it if the answer is too late; then the review need not begin
     */
    CompletableFuture<Body> review(User user, Caller caller, RoomName room, String id, Body body);

    /** Ends the threads of the review, if it has any. Does not wait for reviews. */
    @Override
    default void close() {}
}

package dev.parley.endpoint;

import dev.parley.log.User;
import dev.parley.message.RoomName;
import java.util.concurrent.CompletionStage;

/** Does what moderators want. Thread-safe; does not wait. */
interface Moderator {
    /**
     * Does one action.
     *
     * @param by the moderator
     * @param network of the moderator's address; empty if it is not known
     * @return completes when it is durable, and in effect for all later messages. Fails with a {@link
     *     dev.parley.message.ParleyException} if it can't be done
     */
    CompletionStage<Void> moderate(User by, String network, ModerationOrder order);

    /**
     * Makes a room.
     *
     * @param owner the user who makes it, and is its owner then
     * @return as {@link #moderate}
     */
    CompletionStage<Void> create(User owner, RoomName room, boolean closed);
}

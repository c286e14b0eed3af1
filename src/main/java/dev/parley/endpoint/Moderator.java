package dev.parley.endpoint;

import dev.parley.log.User;
import java.util.concurrent.CompletionStage;

/** Does what moderators want. Thread-safe; does not wait. */
@FunctionalInterface
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
}

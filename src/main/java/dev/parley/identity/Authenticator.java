package dev.parley.identity;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Says who a peer is. Thread-safe.
 *
 * <p>Threads: {@link #authenticate} is called under the lock of a conversation, on a container's thread, and must not wait.
 * An answer that takes time comes later, on a thread of the authenticator. Only the messages of the same peer wait for it.
 * Each stage must end: nobody gives up on one that does not, and its peer waits until its connection ends.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Looks at the credentials.
     *
     * @return a stage that ends with the identity; or empty, where the credentials are of another kind and another
     *     authenticator is to be asked. It fails with a {@link dev.parley.message.ParleyException}: {@code unauthorized}
     *     where the credentials are of this kind and no good, {@code unavailable} where that can't be found out now
     */
    CompletionStage<Optional<Identity>> authenticate(Credentials credentials);

    /** Whether it knows tokens: a peer that shows one is nobody but whom such an authenticator says. */
    default boolean takesTokens() {
        return false;
    }

    /** Ends its threads, if it has any. What is not answered yet is never answered. */
    default void close() {}
}

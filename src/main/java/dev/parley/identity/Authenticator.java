package dev.parley.identity;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Says who a peer is. Thread-safe.
 *
 * <p>Called under the lock of a conversation, on a container's thread: it must not wait. An answer that takes its time
 * comes later, on a thread of the authenticator's own. The peer's next messages wait for it, those of other peers do not.
 * Each stage ends within {@value #PATIENCE_SECONDS} seconds.
 */
@FunctionalInterface
public interface Authenticator {
    int PATIENCE_SECONDS = 30;

    /**
     * Looks at the credentials.
     *
     * @return a stage that ends with the identity; or empty, where the credentials are of another kind and another
     *     authenticator is to be asked. It fails with a {@link dev.parley.message.ParleyException}: {@code unauthorized}
     *     where the credentials are of this kind and no good, {@code unavailable} where that can't be found out now
     */
    CompletionStage<Optional<Identity>> authenticate(Credentials credentials);

    /** Ends its threads, if it has any. What is not answered yet is never answered. */
    default void close() {}
}

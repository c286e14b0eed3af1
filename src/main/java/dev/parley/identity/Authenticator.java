package dev.parley.identity;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Authenticates peers. Thread-safe.
 *
 * <p>Threads: {@link #authenticate} is called under the lock of a conversation, on a container's thread, and must not wait.
 * Slow work runs on a thread of the authenticator, which completes the stage later. Meanwhile only the messages of this peer
 * wait. Each stage must complete, because there is no timeout: the peer waits until its connection ends.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Checks the credentials.
     *
     * @return completes with the identity. It completes empty if the credentials are of another kind; then the next
     *     authenticator is asked. It fails with a {@link dev.parley.message.ParleyException}: {@code unauthorized} if the
     *     credentials are of this kind but not valid, {@code unavailable} if they can't be checked now
     */
    CompletionStage<Optional<Identity>> authenticate(Credentials credentials);

    /** Whether it checks tokens. A peer that sends a token is authenticated only by such authenticators. */
    default boolean takesTokens() {
        return false;
    }

    /** Ends its threads, if it has any. Open stages never complete. */
    default void close() {}
}

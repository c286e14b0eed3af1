package dev.parley.identity;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Several authenticators, asked one after the other: the first one that knows the credentials decides. Thread-safe. */
public final class Authenticators implements AutoCloseable {
    private final boolean takeTokens;
    private final List<Authenticator> inOrder;

    /** @param takeTokens whether one of them knows tokens */
    public Authenticators(boolean takeTokens, List<Authenticator> inOrder) {
        this.takeTokens = takeTokens;
        this.inOrder = List.copyOf(inOrder);
    }

    public boolean takeTokens() {
        return takeTokens;
    }

    /**
     * Who the peer is.
     *
     * @return a stage that fails as {@link Authenticator#authenticate} does, and with {@code unauthorized} where no
     *     authenticator knows the credentials
     */
    public CompletionStage<Identity> authenticate(Credentials credentials) {
        return ask(0, credentials);
    }

    private CompletionStage<Identity> ask(int index, Credentials credentials) {
        if (index == inOrder.size()) {
            return CompletableFuture.failedStage(
                    new ParleyException(ErrorCode.UNAUTHORIZED, "guests are not allowed here"));
        }
        return inOrder.get(index)
                .authenticate(credentials)
                .thenCompose(identity -> identity.<CompletionStage<Identity>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> ask(index + 1, credentials)));
    }

    @Override
    public void close() {
        inOrder.forEach(Authenticator::close);
    }

    /** Whom the container vouches for is a user for ever under that name. */
    public static CompletionStage<Optional<Identity>> principals(Credentials credentials) {
        return CompletableFuture.completedStage(Optional.ofNullable(credentials.principal())
                .map(principal ->
                        new Identity("user:" + principal.getName(), UserName.near(principal.getName()), null)));
    }
}

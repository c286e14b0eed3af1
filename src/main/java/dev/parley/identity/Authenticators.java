package dev.parley.identity;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Several authenticators, asked one after the other: the first one that knows the credentials decides. Where there is a
 * token, only those are asked that take tokens. Thread-safe.
 */
public final class Authenticators implements AutoCloseable {
    private final List<Authenticator> inOrder;
    private final List<Authenticator> forTokens;

    public Authenticators(List<Authenticator> inOrder) {
        this.inOrder = List.copyOf(inOrder);
        this.forTokens = inOrder.stream().filter(Authenticator::takesTokens).toList();
    }

    public boolean takeTokens() {
        return !forTokens.isEmpty();
    }

    /**
     * Who the peer is.
     *
     * @return a stage that fails as {@link Authenticator#authenticate} does, and with {@code unauthorized} where no
     *     authenticator knows the credentials
     */
    public CompletionStage<Identity> authenticate(Credentials credentials) {
        return credentials.token() == null
                ? ask(inOrder.iterator(), credentials, "guests are not allowed here")
                : ask(forTokens.iterator(), credentials, "this server does not know this kind of token");
    }

    private static CompletionStage<Identity> ask(
            Iterator<Authenticator> left, Credentials credentials, String unknown) {
        if (!left.hasNext()) {
            return CompletableFuture.failedStage(new ParleyException(ErrorCode.UNAUTHORIZED, unknown));
        }
        return left.next()
                .authenticate(credentials)
                .thenCompose(identity -> identity.<CompletionStage<Identity>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> ask(left, credentials, unknown)));
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

package dev.parley.identity;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.SignIn;
import dev.parley.message.UserName;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks several authenticators, one after the other. The first authenticator that knows the credentials decides. For a token,
 * only authenticators that check tokens are asked. Thread-safe.
 */
public final class Authenticators implements AutoCloseable {
    private final List<Authenticator> inOrder;
    private final List<Authenticator> forTokens;
    private final String signInPage;

    public Authenticators(List<Authenticator> inOrder) {
        this(inOrder, null);
    }

    /** @param signInPage the address of a page on which people sign in; null if there is none */
    public Authenticators(List<Authenticator> inOrder, String signInPage) {
        this.inOrder = List.copyOf(inOrder);
        this.signInPage = signInPage;
        this.forTokens = inOrder.stream().filter(Authenticator::takesTokens).toList();
    }

    public boolean takeTokens() {
        return !forTokens.isEmpty();
    }

    /** How a peer can authenticate itself; null if there is no way that a client can offer. */
    public SignIn signIn() {
        return takeTokens() || signInPage != null ? new SignIn(takeTokens(), signInPage) : null;
    }

    /**
     * Authenticates the peer.
     *
     * @return completes with the identity. It fails as {@link Authenticator#authenticate} does, and with {@code unauthorized}
     *     if no authenticator knows the credentials
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

    /** Authenticates a peer as the principal of the container. Its name is the user's key, for ever. */
    public static CompletionStage<Optional<Identity>> principals(Credentials credentials) {
        if (credentials.principal() == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        String name = credentials.principal().getName();
        try {
            return CompletableFuture.completedStage(Optional.of(Identity.ofUser(
                    "the name of the signed-in user", name, UserName.near(name), credentials.roles(), null, null)));
        } catch (ParleyException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}

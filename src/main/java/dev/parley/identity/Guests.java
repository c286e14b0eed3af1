package dev.parley.identity;

import dev.parley.message.UserName;
import dev.parley.security.SessionSecret;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Accepts every peer as a guest. Each session is one guest. Stateless.
 *
 * <p>A guest gets the name that it wants. Without a wish, it gets the name of its session, or a name such as {@code
 * guest-k3f9wz} if the session has none.
 */
public final class Guests implements Authenticator {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 6;

    @Override
    public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
        SessionSecret session = credentials.session();
        UserName name = credentials.name() != null
                ? credentials.name()
                : session.name() != null ? session.name() : nameOf(session);
        return CompletableFuture.completedStage(Optional.of(new Identity("guest:" + session.fingerprint(), name)));
    }

    /** Computes the name from the session, so a guest that lost its first {@code welcome} gets the same name again. */
    private static UserName nameOf(SessionSecret session) {
        StringBuilder name = new StringBuilder("guest-");
        byte[] hash = session.hash();
        for (int i = 0; i < LENGTH; i++) {
            name.append(LETTERS.charAt(Math.floorMod(hash[i], LETTERS.length())));
        }
        return new UserName(name.toString());
    }
}

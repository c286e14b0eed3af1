package dev.parley.identity;

import dev.parley.message.UserName;
import dev.parley.security.SessionSecret;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Everyone is a guest: whoever has a session is the guest of that session. Stateless.
 *
 * <p>The name is the one that the guest asks for, else the one that it had in the session, else one such as {@code
 * guest-k3f9wz}.
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
        return CompletableFuture.completedStage(
                Optional.of(new Identity("guest:" + session.fingerprint(), name, null)));
    }

    /** The same name for the same session: a guest that is cut off before its first welcome can come back under it. */
    private static UserName nameOf(SessionSecret session) {
        StringBuilder name = new StringBuilder("guest-");
        byte[] hash = session.hash();
        for (int i = 0; i < LENGTH; i++) {
            name.append(LETTERS.charAt(Math.floorMod(hash[i], LETTERS.length())));
        }
        return new UserName(name.toString());
    }
}

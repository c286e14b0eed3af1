package dev.parley.identity;

import dev.parley.message.UserName;
import dev.parley.security.SessionSecret;
import java.security.Principal;
import java.util.Objects;

/**
 * The credentials of a peer.
 *
 * @param principal the principal that the container authenticated; or null
 * @param token the token in the {@code hello}; or null
 * @param name the name that the peer wants; or null
 * @param session the session in the {@code hello}, or a new one
 */
public record Credentials(Principal principal, String token, UserName name, SessionSecret session) {
    public Credentials {
        Objects.requireNonNull(session);
    }

    /** Leaves out the token, which is a secret. */
    @Override
    public String toString() {
        return "credentials of " + session;
    }
}

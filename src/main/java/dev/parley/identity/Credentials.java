package dev.parley.identity;

import dev.parley.message.UserName;
import dev.parley.security.SessionSecret;
import java.security.Principal;
import java.util.Objects;

/**
 * What a peer shows of itself.
 *
 * @param principal whom the container vouches for, or null
 * @param token of its {@code hello}, or null
 * @param name what it would like to be called, or null
 * @param session the session that it comes back to, or a new one
 */
public record Credentials(Principal principal, String token, UserName name, SessionSecret session) {
    public Credentials {
        Objects.requireNonNull(session);
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "credentials of " + session;
    }
}

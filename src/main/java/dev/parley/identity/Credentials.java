package dev.parley.identity;

import dev.parley.message.UserName;
import dev.parley.security.SessionSecret;
import java.security.Principal;
import java.util.Objects;
import java.util.Set;

/**
 * The credentials of a peer.
 *
 * @param principal the principal that the container authenticated; or null
 * @param roles the roles of the principal, among those that the container was asked about
 * @param token the token in the {@code hello}; or null
 * @param name the name that the peer wants; or null
 * @param session the session in the {@code hello}, or a new one
 */
public record Credentials(Principal principal, Set<String> roles, String token, UserName name, SessionSecret session) {
    public Credentials {
        roles = Set.copyOf(roles);
        Objects.requireNonNull(session);
    }

    /** Leaves out the token, which is a secret. */
    @Override
    public String toString() {
        return "credentials of " + session;
    }
}

package dev.parley.message;

import java.security.Principal;
import java.util.Objects;
import java.util.Set;

/**
 * The user behind a request. Immutable.
 *
 * @param kind who authenticated the user
 * @param id identifies the caller among all callers of its kind, for ever. For a {@link Kind#USER}, it is the name that the
 *     container has for the user, such as {@code ann@example.com}, or the subject of the token. For a {@link Kind#GUEST}, it
 *     is a text that belongs to the session. For the {@link Kind#APPLICATION}, it is one of its names
 * @param name the name that others see. A guest chooses its name freely, so the name of a guest identifies nobody
 * @param roles the roles of a {@link Kind#USER}: those in its token; or, without a token, those that the container confirms
 *     among the roles of the setting {@code parley.roles} and of the file of rules. Other callers have none
 * @param rooms the claim of its token about rooms; or null
 */
public record Caller(Kind kind, String id, UserName name, Set<String> roles, TokenRooms rooms) implements Principal {
    /** Who authenticated a caller. */
    public enum Kind {
        /** The caller is not authenticated. */
        GUEST,
        /** The container authenticated the caller, or a token did. */
        USER,
        /** The caller is a bean of the application. */
        APPLICATION
    }

    public Caller {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        roles = Set.copyOf(roles);
    }

    /** A caller without roles, and without a token that says something about rooms. */
    public Caller(Kind kind, String id, UserName name) {
        this(kind, id, name, Set.of(), null);
    }

    /**
     * A signed-in user as a caller.
     *
     * @param principal a {@code Caller}, or the principal of the container. The principal of a container gets a name that is made from
     *     its id, as at a handshake
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is null, a guest or the application, or the id is not valid ({@link
     *     CallerId})
     */
    public static Caller signedIn(Principal principal) {
        if (principal == null) {
            throw ParleyException.badRequest("nobody is signed in");
        }
        Caller caller = principal instanceof Caller known
                ? known
                : new Caller(Kind.USER, principal.getName(), UserName.near(principal.getName()));
        if (caller.kind != Kind.USER) {
            throw ParleyException.badRequest("only a signed-in user can be spoken for, and this is "
                    + (caller.kind == Kind.GUEST ? "a guest" : "the application"));
        }
        if (!UserId.isValid(caller.id)) {
            throw ParleyException.badRequest("the id of a user " + UserId.RULES);
        }
        return caller;
    }

    /** The same with other roles and rooms. */
    public Caller with(Set<String> newRoles, TokenRooms newRooms) {
        return new Caller(kind, id, name, newRoles, newRooms);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** Returns the {@link #id}. */
    @Override
    public String getName() {
        return id;
    }
}

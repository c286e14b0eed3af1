package dev.parley.message;

import java.security.Principal;
import java.util.Objects;

/**
 * The user behind a request.
 *
 * @param kind who authenticated the user
 * @param id identifies the caller among all callers of its kind, for ever. For a {@link Kind#USER}, it is the name that the
 *     container has for the user, such as {@code ann@example.com}, or the subject of the token. For a {@link Kind#GUEST}, it
 *     is a text that belongs to the session. For the {@link Kind#APPLICATION}, it is one of its names
 * @param name the name that others see. A guest chooses its name freely, so the name of a guest identifies nobody
 */
public record Caller(Kind kind, String id, UserName name) implements Principal {
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
    }

    /** Returns the {@link #id}. */
    @Override
    public String getName() {
        return id;
    }
}

package dev.parley.message;

import java.security.Principal;
import java.util.Objects;

/**
 * Who asks for something.
 *
 * @param kind who vouches for it
 * @param id what tells it from every other one of its kind, for ever: of a {@link Kind#USER}, the name by which the container
 *     knows it, such as {@code ann@example.com}, or what its token says; of a {@link Kind#GUEST}, a text that belongs to its session; of the {@link
 *     Kind#APPLICATION}, one of its own names
 * @param name the name that others see. A guest chooses it, so it says nothing about who a guest is
 */
public record Caller(Kind kind, String id, UserName name) implements Principal {
    /** Who vouches for a caller. */
    public enum Kind {
        /** Nobody does. */
        GUEST,
        /** The container does, or a token. */
        USER,
        /** A bean of the application. */
        APPLICATION
    }

    public Caller {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
    }

    /** The {@link #id}: of a user, the name by which the container or its token knows it. */
    @Override
    public String getName() {
        return id;
    }
}

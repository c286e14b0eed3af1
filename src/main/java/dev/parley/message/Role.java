package dev.parley.message;

import java.util.Locale;

/** The role of a caller in one room. The roles that a token or a container gives are others. */
public enum Role {
    /** A member of a room that has owners. */
    MEMBER,
    /** A member that has {@link Permission#MODERATE}. */
    MODERATOR,
    /** A member that has {@link Permission#MODERATE}, and that no other member can moderate. */
    OWNER;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The role in the JSON of the protocol. */
    public String wire() {
        return wire;
    }

    /**
     * The role with this {@link #wire} form.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if there is no such role
     */
    public static Role ofWire(String wire) {
        for (Role role : values()) {
            if (role.wire.equals(wire)) {
                return role;
            }
        }
        throw ParleyException.badRequest("role must be member, moderator or owner");
    }

    /** Whether it brings {@link Permission#MODERATE}. */
    public boolean moderates() {
        return this != MEMBER;
    }
}

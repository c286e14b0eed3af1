package dev.parley.message;

import java.util.Locale;

/** What a moderator does. Each action is an entry of the audit log. */
public enum ModerationAction {
    /** Puts a user out of a room. The user may join it again. */
    REMOVE,
    /** Takes all permissions from a user. */
    BAN,
    /** Ends a ban. */
    UNBAN,
    /** Takes {@link Permission#SAY}, {@link Permission#ATTACH} and {@link Permission#SIGNAL} from a user. */
    MUTE,
    /** Ends a mute. */
    UNMUTE,
    /** Sets the time between two messages of one member. */
    SLOW,
    /** Erases the content of an entry. */
    ERASE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The action in the JSON of the protocol. */
    public String wire() {
        return wire;
    }

    /**
     * The action with this {@link #wire} form.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if there is no such action
     */
    public static ModerationAction ofWire(String wire) {
        for (ModerationAction action : values()) {
            if (action.wire.equals(wire)) {
                return action;
            }
        }
        throw ParleyException.badRequest("action must be remove, ban, unban, mute, unmute, slow or erase");
    }
}

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
    ERASE,
    /** Sets how long the entries of a room are kept. Only the application does this. */
    KEEP,
    /** Makes a room, which has an owner from then on. */
    CREATE,
    /** Gives {@link Role#MEMBER} to a user without a role. */
    INVITE,
    /** Takes the role from a user. */
    DISMISS,
    /** Gives another role to a user. */
    APPOINT,
    /** Only users with a role may be in the room. */
    CLOSE,
    /** Ends what {@link #CLOSE} began. */
    OPEN;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** Whether it changes who has which role in a room, or whether the room is closed. */
    public boolean isAboutRoles() {
        return compareTo(CREATE) >= 0;
    }

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
        throw ParleyException.badRequest(
                "action must be remove, ban, unban, mute, unmute, slow, erase, invite, dismiss, appoint, close or open");
    }
}

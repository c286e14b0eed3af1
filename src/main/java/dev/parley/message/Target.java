package dev.parley.message;

/**
 * The user that a {@link ModerationAction} is about. It has exactly one of the three. Immutable.
 *
 * @param user a name in the room now. For {@code unban} and {@code unmute}, also a name at the time of the ban or the mute
 * @param caller the user, in the room or not
 * @param seq the author of this entry of the room. So a guest who has gone can be named
 */
public record Target(UserName user, CallerId caller, Long seq) {
    /** @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if not exactly one of the three is there */
    public Target {
        int given = (user == null ? 0 : 1) + (caller == null ? 0 : 1) + (seq == null ? 0 : 1);
        if (given != 1) {
            throw ParleyException.badRequest("it must be one user: by name, by id, or by an entry");
        }
    }

    /** The user with this name. */
    public static Target user(UserName name) {
        return new Target(name, null, null);
    }

    /** The user with this name. */
    public static Target user(String name) {
        return user(new UserName(name));
    }

    /** This user. */
    public static Target caller(CallerId caller) {
        return new Target(null, caller, null);
    }

    /** The author of an entry. */
    public static Target authorOf(long seq) {
        return new Target(null, null, seq);
    }
}

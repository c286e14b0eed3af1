package dev.parley.log;

import dev.parley.message.CallerId;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.UnicodeText;
import dev.parley.message.UserName;
import java.util.List;
import java.util.Objects;

/**
 * One action of a moderator that the log stores. Immutable.
 *
 * @param by the moderator
 * @param room null for the whole server
 * @param whom the user; null if the action is about no user, or if only a name is known
 * @param name the name of that user; or null. Alone, it names users that were banned or muted under this name
 * @param networks the networks of the user's addresses that it is also about
 * @param seq the number of the entry that is erased; or null
 * @param seconds how long a ban or a mute lasts, null for ever; or the time between two messages
 * @param role the role that the user gets; null unless the action is {@code create}, {@code invite} or {@code appoint}
 * @param closed whether a room that is made is closed
 * @param reason at most {@value #MOST_REASON} characters; or null
 */
public record ModerationRequest(
        User by,
        RoomName room,
        ModerationAction action,
        CallerId whom,
        UserName name,
        List<String> networks,
        Long seq,
        Long seconds,
        Role role,
        boolean closed,
        String reason) {
    /** How many characters a reason may have. */
    public static final int MOST_REASON = 200;

    /** @throws ParleyException with {@code badRequest} if the reason is too long, or no valid Unicode */
    public ModerationRequest {
        Objects.requireNonNull(by);
        Objects.requireNonNull(action);
        networks = List.copyOf(networks);
        checkReason(reason);
    }

    /** About no role. */
    public ModerationRequest(
            User by,
            RoomName room,
            ModerationAction action,
            CallerId whom,
            UserName name,
            List<String> networks,
            Long seq,
            Long seconds,
            String reason) {
        this(by, room, action, whom, name, networks, seq, seconds, null, false, reason);
    }

    /** The same about a user whose name alone is given. */
    public ModerationRequest about(CallerId found) {
        return new ModerationRequest(by, room, action, found, name, networks, seq, seconds, role, closed, reason);
    }

    /** Changes the role of a user. @param role null for none */
    public static ModerationRequest ofRole(
            User by, RoomName room, ModerationAction action, CallerId whom, UserName name, Role role, String reason) {
        return new ModerationRequest(by, room, action, whom, name, List.of(), null, null, role, false, reason);
    }

    /** Makes a room. */
    public static ModerationRequest create(User by, RoomName room, CallerId owner, UserName name, boolean closed) {
        return new ModerationRequest(
                by, room, ModerationAction.CREATE, owner, name, List.of(), null, null, Role.OWNER, closed, null);
    }

    /** @throws ParleyException with {@code badRequest} if the reason is too long, or no valid Unicode */
    public static void checkReason(String reason) {
        if (reason != null) {
            if (reason.length() > MOST_REASON) {
                throw ParleyException.badRequest("reason must have at most " + MOST_REASON + " characters");
            }
            UnicodeText.check("reason", reason);
        }
    }

    /** About no user: {@code slow}. */
    public static ModerationRequest ofRoom(
            User by, RoomName room, ModerationAction action, Long seconds, String reason) {
        return new ModerationRequest(by, room, action, null, null, List.of(), null, seconds, reason);
    }

    /** Erases the content of an entry. */
    public static ModerationRequest erase(User by, RoomName room, long seq, String reason) {
        return new ModerationRequest(by, room, ModerationAction.ERASE, null, null, List.of(), seq, null, reason);
    }
}

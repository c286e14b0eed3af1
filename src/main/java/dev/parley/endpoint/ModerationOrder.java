package dev.parley.endpoint;

import dev.parley.log.ModerationRequest;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standings;
import dev.parley.message.Target;
import java.time.Duration;
import java.util.Objects;

/**
 * What a moderator wants to do, with valid fields. Immutable.
 *
 * @param room null for the whole server
 * @param target the user; null for {@code slow} and {@code erase}
 * @param seq the entry that is erased; null for other actions
 * @param seconds how long a ban or a mute lasts, null for ever; or the time between two messages. With an address it is {@value
 *     Standings#MOST_OF_ADDRESS} seconds at most; if nothing is given, the user is banned or muted for ever, and the address for
 *     this time
 * @param address whether a ban or a mute is also about the address of the user
 * @param role the role that the user gets; null for all actions but {@code appoint}
 * @param reason or null
 */
public record ModerationOrder(
        RoomName room,
        ModerationAction action,
        Target target,
        Long seq,
        Long seconds,
        boolean address,
        Role role,
        String reason) {
    /** The longest ban with an end: ten years. */
    private static final long MOST = Duration.ofDays(3_653).toSeconds();

    /** @throws ParleyException with {@code badRequest} if a field is missing, or has no meaning for the action */
    public ModerationOrder {
        Objects.requireNonNull(action);
        boolean hasEnd = action == ModerationAction.BAN || action == ModerationAction.MUTE;
        boolean isSlow = action == ModerationAction.SLOW;
        boolean isErase = action == ModerationAction.ERASE;
        boolean isOfRoom = isSlow || isErase || action == ModerationAction.CLOSE || action == ModerationAction.OPEN;
        check(action != ModerationAction.CREATE, action, "is a message of its own");
        check(action != ModerationAction.KEEP, action, "is for the application");
        check((target != null) != isOfRoom, action, isOfRoom ? "is about no user" : "needs a user");
        boolean hasRole = action == ModerationAction.APPOINT;
        check((role != null) == hasRole, action, hasRole ? "needs a role" : "gives no role that can be chosen");
        check((seq != null) == isErase, action, isErase ? "needs the seq of an entry" : "is about no entry");
        check(!address || hasEnd, action, "is about no address");
        if (isSlow) {
            check(seconds != null && seconds >= 0 && seconds <= Standings.MOST_SLOW, action, SLOW);
        } else if (hasEnd) {
            long most = address ? Standings.MOST_OF_ADDRESS : MOST;
            check(seconds == null || seconds >= 1 && seconds <= most, action, "needs seconds from 1 to " + most);
        } else {
            check(seconds == null, action, "has no seconds");
        }
        ModerationRequest.checkReason(reason);
    }

    /** An action that gives no role. */
    public ModerationOrder(
            RoomName room,
            ModerationAction action,
            Target target,
            Long seq,
            Long seconds,
            boolean address,
            String reason) {
        this(room, action, target, seq, seconds, address, null, reason);
    }

    private static final String SLOW = "needs seconds from 0 to " + Standings.MOST_SLOW;

    private static void check(boolean isValid, ModerationAction action, String sentence) {
        if (!isValid) {
            throw ParleyException.badRequest(action.wire() + " " + sentence);
        }
    }

    /** @throws ParleyException with {@code badRequest} if a field is missing, or has no meaning for the action */
    static ModerationOrder of(ClientMessage.Moderate message) {
        boolean erases = message.action() == ModerationAction.ERASE;
        CallerId caller = message.callerId() == null ? null : new CallerId(Caller.Kind.USER, message.callerId());
        Long author = erases ? null : message.seq();
        boolean hasTarget = message.user() != null || caller != null || author != null;
        return new ModerationOrder(
                message.room(),
                message.action(),
                hasTarget ? new Target(message.user(), caller, author) : null,
                erases ? message.seq() : null,
                message.seconds(),
                message.address(),
                message.role(),
                message.reason());
    }
}

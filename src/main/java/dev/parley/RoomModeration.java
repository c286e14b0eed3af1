package dev.parley;

import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.Target;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What the application does with the users of a room: a part of {@link RoomHandle}. Thread-safe.
 *
 * <p>The application may do all of this in every room. Each action is an entry of the audit log, under the application's name ({@link
 * Parley#name}; with {@link Parley#as(java.security.Principal)} the name of the object before).
 */
public interface RoomModeration {

    /**
     * Puts a user out of the room. The user gets {@code left} with the reason, and may join again. A join that has no answer yet
     * is rejected.
     *
     * @param reason for the user and the audit log, at most 200 characters; or null
     * @return completes when this is durable. It fails with {@link ErrorCode#NOT_FOUND} if there is no such user; with {@link
     *     ErrorCode#FORBIDDEN} if it is a name of the application; with {@link ErrorCode#UNAVAILABLE} if the log can't be
     *     written or read now; then it can be repeated
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the reason is too long
     */
    CompletionStage<Void> remove(Target whom, String reason);

    /**
     * Bans a user from the room: it has no permission there until the ban ends. It is put out of the room, and its joins and reads
     * that wait are rejected. A ban outlives a restart. A guest can come back as another guest, unless its address is banned.
     *
     * @param duration in whole seconds, at least one, at most ten years, with an address 30 days; null for ever, and 30 days for
     *     the address
     * @param address whether nobody may be in the room from the addresses of the user meanwhile, except callers with {@code MODERATE}.
     *     The user must be in the room. Of an IPv6 address the first 64 bits count
     * @param reason for the audit log, at most 200 characters; or null
     * @return completes when this is durable, and fails as {@link #remove} does. It also fails with {@link ErrorCode#FORBIDDEN}
     *     if the room has 10,000 bans, mutes and roles
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if an argument is out of its range, or this is a direct room: its
     *     users would still be invited to it. Mute the user in the room, or ban it from the server
     */
    CompletionStage<Void> ban(Target whom, Duration duration, boolean address, String reason);

    /**
     * Ends a ban from this room, and the bans of addresses that were made with it. A {@link Target#user} is the name at the time
     * of the ban.
     *
     * @return completes when this is durable, and fails as {@link #remove} does; with {@link ErrorCode#NOT_FOUND} if there is no
     *     such ban
     */
    CompletionStage<Void> unban(Target whom, String reason);

    /** Takes the permissions to say, to attach and to signal from a user. The parameters and the result are those of {@link #ban}. */
    CompletionStage<Void> mute(Target whom, Duration duration, boolean address, String reason);

    /** Ends a mute. The parameters and the result are those of {@link #unban}. */
    CompletionStage<Void> unmute(Target whom, String reason);

    /**
     * Sets the least time between two messages of one member, except owners and moderators. Members that are faster get {@link
     * ErrorCode#TOO_FAST}.
     *
     * @param pause in whole seconds, at most six hours; zero for none
     * @param reason for the audit log, at most 200 characters; or null
     * @return completes when this is durable, and fails as {@link #remove} does
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if an argument is out of its range
     */
    CompletionStage<Void> slow(Duration pause, String reason);

    /**
     * Makes the room: it has an owner from then on. Where {@code parley.access} is {@code members}, signed-in users may be in rooms
     * that somebody has made, and in no others. Owners and moderators have {@code MODERATE} with every policy; members, and whether a
     * room is closed, have an effect with {@code members} only. The room may have entries already. The owner is sent {@code invited} with
     * {@code members}, if it had no role.
     *
     * @param owner a signed-in user, who need not be connected
     * @param closed whether only users with a role may be in the room
     * @return completes when this is durable, also if the room was made so before. It fails with {@link ErrorCode#FORBIDDEN} if
     *     the room has another owner, if this is no signed-in user, or if it shall be closed and {@code parley.access} is not {@code
     *     members}; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now; then it can be repeated
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is a direct room, as the following methods
     */
    CompletionStage<Void> create(CallerId owner, boolean closed);

    /**
     * Makes a signed-in user a member, unless the user has a role already. The user is sent {@code invited} on all connections
     * that are not in the room, or when it comes next.
     *
     * @param whom by its {@linkplain Target#caller id}; by name only if it is in the room
     * @param reason for the audit log, at most 200 characters; or null
     * @return completes when this is durable. It fails with {@link ErrorCode#NOT_FOUND} if there is no such user; with {@link
     *     ErrorCode#FORBIDDEN} if this is no signed-in user, or one that is banned from the room, if 5,000 users have a role in the room,
     *     or if {@code parley.access} is not {@code members}; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now
     */
    CompletionStage<Void> invite(Target whom, String reason);

    /**
     * Takes the role from a user. If the room is closed, the user is put out of it with all connections, and gets {@code left} with the
     * reason. The result is that of {@link #invite}; it fails also with {@link ErrorCode#NOT_FOUND} if the user has no role, and with
     * {@link ErrorCode#FORBIDDEN} if it is the last owner.
     */
    CompletionStage<Void> dismiss(Target whom, String reason);

    /**
     * Gives a user another role, or the first one. The parameters and the result are those of {@link #invite}; it fails also with {@link
     * ErrorCode#FORBIDDEN} if the last owner would get another role. It works with every policy.
     */
    CompletionStage<Void> appoint(Target whom, Role role, String reason);

    /**
     * Closes the room: only users with a role may be in it. Others are put out, and get {@code left} with the reason.
     *
     * @param reason for them and the audit log, at most 200 characters; or null
     * @return completes when this is durable. It fails with {@link ErrorCode#FORBIDDEN} if {@code parley.access} is not {@code
     *     members}, or 100,000 rooms have settings; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now
     */
    CompletionStage<Void> close(String reason);

    /** Opens the room again: all signed-in users may be in it. The parameter and the result are those of {@link #close}. */
    CompletionStage<Void> open(String reason);

    /**
     * The users with a role in this room, also those who are not in it.
     *
     * @return completes with at most 5,000 of them. It fails with {@link ErrorCode#UNAVAILABLE} if the log can't be read now
     */
    CompletionStage<Map<CallerId, Role>> roles();
}

package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.access.DirectAccess;
import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The permissions of one peer in each room, as the {@link AccessPolicy} has granted them. It never blocks, and does not ask
 * the policy if the permissions of the peer are always the same. Not thread-safe: it is guarded by its conversation, except
 * for {@link #isFixed}.
 */
final class Grants {
    private final AccessPolicy policy;
    private final GrantQuestions.Rooms rooms;
    private final LongSupplier clock;
    private final RoomGrants byRoom;
    private final GrantQuestions questions;
    private Caller caller;
    private volatile Grant fixed;

    /**
     * @param guarded runs each task later, under the lock of the conversation
     * @param clock as {@link System#nanoTime()}
     */
    Grants(AccessPolicy policy, GrantQuestions.Rooms rooms, Executor guarded, LongSupplier clock) {
        this.policy = policy;
        this.rooms = rooms;
        this.clock = clock;
        this.byRoom = new RoomGrants(rooms::contains);
        this.questions = new GrantQuestions(policy, rooms, byRoom, guarded, clock);
    }

    /**
     * The peer is identified. Called before all methods but {@link #isFixed} and {@link #end}, and again when the peer has shown
     * new credentials.
     *
     * @return whether the policy is asked again about all rooms of the peer
     */
    boolean identified(Caller who) {
        Caller before = caller;
        caller = who;
        questions.about(who);
        if (before == null) {
            fixed = policy.always(who);
        } else if (!who.equals(before)) {
            Grant everywhere = fixed;
            if (everywhere != null && !everywhere.equals(policy.always(who))) {
                unfix();
            }
            recheck();
            return true;
        }
        return false;
    }

    /** The permissions are not the same in all rooms any more. They are kept, so that the peer is notified of each difference. */
    private void unfix() {
        rooms.all().forEach(room -> byRoom.of(room).answered(fixed(room), clock.getAsLong()));
        fixed = null;
    }

    /** Whether the permissions are the same in all rooms, at all times. Thread-safe. */
    boolean isFixed() {
        return fixed != null;
    }

    /** Whether the policy has answered for this room, or need not be asked. */
    boolean isKnown(RoomName room) {
        RoomGrant known = byRoom.find(room);
        return fixed != null || known != null && known.known() != null;
    }

    /** What the peer may do in this room without a question to the policy; null if the policy must be asked. */
    private Grant fixed(RoomName room) {
        return fixed != null && room.isDirect() ? DirectAccess.grant(caller, room) : fixed;
    }

    /** Completes when the permissions in this room are known; null if they are known. */
    CompletionStage<?> answerFor(RoomName room) {
        if (fixed != null) {
            return null;
        }
        RoomGrant of = byRoom.of(room);
        if (of.isUsable(clock.getAsLong())) {
            return null;
        }
        CompletableFuture<Void> outcome = of.outcome();
        if (!of.isAsking()) {
            questions.ask(of);
        }
        return of.isUsable(clock.getAsLong()) ? null : outcome;
    }

    /** Asks about a room that will soon be needed, unless it is known, or too many questions are open. */
    void prepare(RoomName room) {
        if (fixed == null && byRoom.questions() < AccessPolicy.MOST_RENEWALS) {
            RoomGrant of = byRoom.of(room);
            if (!of.isAsking() && !of.isUsable(clock.getAsLong())) {
                questions.ask(of);
            }
        }
    }

    /**
     * Checks the permission for a message. Called after {@link #answerFor}.
     *
     * @throws ParleyException with {@code forbidden} if the peer does not have it, with {@code unavailable} if the policy has
     *     failed
     */
    void require(Permission permission, RoomName room) {
        Grant grant = fixed != null ? fixed(room) : byRoom.of(room).use(clock.getAsLong());
        if (!grant.allows(permission)) {
            throw GrantRefusals.forbidden(permission, room, grant.reason());
        }
    }

    /** Whether the peer may not read in a room, as far as it is known. */
    boolean isShutOut(RoomName room) {
        RoomGrant known = byRoom.find(room);
        return fixed == null
                && known != null
                && known.known() != null
                && !known.known().allows(Permission.READ);
    }

    /** Whether the latest answer for a room has other permissions than the one before. */
    boolean hasChanged(RoomName room) {
        RoomGrant known = byRoom.find(room);
        return known != null && known.hasChanged();
    }

    /** Whether the permissions in a room are not known any more. */
    boolean isLost(RoomName room) {
        RoomGrant known = byRoom.find(room);
        return known != null && known.isLost(clock.getAsLong());
    }

    /** The permissions in a room, as far as they are known. */
    Set<Permission> permissions(RoomName room) {
        Grant grant = known(room);
        return grant == null ? EnumSet.noneOf(Permission.class) : grant.permissions();
    }

    /** Why the peer may not be sent entries of a room that it requested earlier; null if it may. */
    ParleyException refusalToRead(RoomName room) {
        if (fixed != null) {
            Grant grant = fixed(room);
            return grant.allows(Permission.READ)
                    ? null
                    : GrantRefusals.forbidden(Permission.READ, room, grant.reason());
        }
        if (isShutOut(room)) {
            return shutOut(room);
        }
        RoomGrant known = byRoom.find(room);
        return known != null && known.isGood(clock.getAsLong()) ? null : GrantRefusals.changed(room);
    }

    /** Why the peer may not read in a room. Called only if {@link #isShutOut}. */
    ParleyException shutOut(RoomName room) {
        return GrantRefusals.forbidden(
                Permission.READ, room, byRoom.find(room).known().reason());
    }

    /** The least time between two messages in a room, as far as it is known. */
    Duration slow(RoomName room) {
        Grant grant = known(room);
        return grant == null ? Duration.ZERO : grant.slow();
    }

    /** How many times the usual quotas the peer has in a room, as far as it is known. */
    int quota(RoomName room) {
        Grant grant = known(room);
        return grant == null ? 1 : grant.quota();
    }

    private Grant known(RoomName room) {
        RoomGrant of = byRoom.find(room);
        return fixed != null ? fixed(room) : of == null ? null : of.known();
    }

    /**
     * The answer for this room may be outdated: the policy is asked again, however many questions are open. What a moderator
     * has taken away must not stay because the peer has asked for much.
     */
    void recheck(RoomName room) {
        if (!isStillFixed()) {
            questions.recheck(room);
        }
    }

    /** The answers for all rooms may be outdated: the policy is asked again. */
    void recheck() {
        if (!isStillFixed()) {
            questions.recheck();
        }
    }

    private boolean isStillFixed() {
        if (!questions.haveEnded() && fixed != null && policy.always(caller) == null) {
            // The server has its first standing. The rooms that are not asked about keep what they had.
            unfix();
        }
        return fixed != null;
    }

    /** Gives up questions that have been open for too long, and renews grants before their time is over. */
    void look() {
        if (fixed == null) {
            questions.look();
        }
    }

    /** The peer has left: open questions are cancelled. */
    void end() {
        questions.end();
    }
}

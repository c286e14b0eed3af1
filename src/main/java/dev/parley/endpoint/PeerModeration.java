package dev.parley.endpoint;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.room.Membership;
import dev.parley.room.SayResult;
import dev.parley.security.DailyQuota;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The actions of one peer as a moderator, and the slow mode of its rooms. Not thread-safe: it is guarded by its conversation. */
final class PeerModeration {
    /** How many times the usual number of rooms a peer can make by {@code create}. */
    private static final int USUAL = 1;

    private final Connection connection;
    private final Memberships memberships;
    private final Grants grants;
    private final Backend backend;
    /** Completes with the answer to the last action; null before. */
    private CompletableFuture<Void> latest;

    PeerModeration(Connection connection, Memberships memberships, Grants grants, Backend backend) {
        this.connection = connection;
        this.memberships = memberships;
        this.grants = grants;
        this.backend = backend;
    }

    /**
     * The answers that the next action waits for: to the join of the room, and to the last action. So each connection has one
     * action at a time. Null if no answer is missing.
     */
    CompletionStage<?> answerBefore(RoomName room) {
        CompletionStage<?> join = memberships.answerToJoin(room);
        return join != null || latest == null || latest.isDone() ? join : latest;
    }

    /**
     * Does what the peer wants, who may moderate the room. The peer is sent {@code moderated} or {@code error}.
     *
     * @throws ParleyException with {@code badRequest} if the message has wrong fields
     */
    void moderate(ClientMessage.Moderate message) {
        ModerationOrder order = ModerationOrder.of(message);
        answer(
                message.ref(),
                message.room(),
                message.action(),
                backend.moderator().moderate(connection.user(), connection.allowance.network(), order));
    }

    /**
     * Makes a room for the peer, who is its owner then. The peer is sent {@code moderated} or {@code error}. All rooms that peers
     * make come through here. No policy is asked about a room that is not made, so all peers have the usual number.
     *
     * @throws ParleyException with {@code forbidden} if the peer may not make it, with {@code tooFast} if it has made too many
     */
    void create(ClientMessage.Create message) {
        String refusal = backend.policy().hasMembers()
                ? backend.policy().refusalToMake(connection.status.caller(), message.room())
                : "rooms are not created on this server: join any room (parley.access)";
        if (refusal != null) {
            throw new ParleyException(ErrorCode.FORBIDDEN, refusal);
        }
        DailyQuota.Use making = backend.quotas()
                .roomsMade()
                .take(
                        connection.user().key(),
                        connection.allowance.network(),
                        message.room().value(),
                        USUAL,
                        System.nanoTime());
        answer(
                message.ref(),
                message.room(),
                ModerationAction.CREATE,
                backend.moderator()
                        .create(connection.user(), message.room(), message.closed())
                        .whenComplete((nothing, failure) -> making.settle(failure == null)));
    }

    /** Whether the peer gives up its own role: everybody who may read in a room may do that. */
    boolean isResignation(ClientMessage.Moderate message) {
        return message.action() == ModerationAction.DISMISS
                && connection.user().id().equals(userId(message.callerId()));
    }

    private static CallerId userId(String id) {
        return id == null ? null : new CallerId(Caller.Kind.USER, id);
    }

    private void answer(Ref ref, RoomName room, ModerationAction action, CompletionStage<Void> done) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        latest = answered;
        done
                // The messages that wait are handled there, and never on a thread of the log.
                .whenCompleteAsync(
                (nothing, failure) -> {
                    connection.send(
                            failure == null ? new ServerMessage.Moderated(ref, room, action) : error(ref, failure));
                    answered.complete(null);
                },
                connection.loop());
    }

    private static ServerMessage.Error error(Ref ref, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ParleyException known
                ? ServerMessage.Error.of(ref, known, known.getMessage())
                : new ServerMessage.Error(ref, ErrorCode.UNAVAILABLE, "this can't be done now; try again later");
    }

    /**
     * Sends a message to a room, no faster than its slow mode allows, and no more than the quotas do. A message that is not stored
     * does not count for that.
     *
     * @param say its room is ignored
     * @throws ParleyException with {@code tooFast}, or as {@link Membership#say}
     */
    void say(RoomName room, Membership membership, ClientMessage.Stored say) {
        Duration slow = grants.slow(room);
        if (slow.isZero()) {
            store(room, membership, say, DailyQuotas.COUNTS_NOTHING);
            return;
        }
        SlowMode mode = backend.slowMode();
        SlowMode.Pass pass = mode.pass(room, connection.user().key(), say.id(), slow, System.nanoTime());
        store(room, membership, say, result -> {
            if (result == SayResult.REFUSED) {
                mode.undo(pass);
            }
        });
    }

    /** @param paced notified of the result once */
    private void store(RoomName room, Membership membership, ClientMessage.Stored say, Consumer<SayResult> paced) {
        Consumer<SayResult> counted = DailyQuotas.COUNTS_NOTHING;
        try {
            // A message that waits until tomorrow takes no bytes from those that may be sent today.
            counted = backend.quotas()
                    .count(
                            connection.user(),
                            connection.allowance.network(),
                            room,
                            say,
                            membership.makesRoom() && !isCreated(room),
                            grants.quota(room));
            connection.allowance.send(say.body().size());
            membership.say(say, counted.andThen(paced));
        } catch (ParleyException e) {
            counted.andThen(paced).accept(SayResult.REFUSED);
            throw e;
        }
    }

    /** Whether the peer can be in the room only because it was created before, which has counted. */
    private boolean isCreated(RoomName room) {
        return !room.isDirect()
                && backend.policy().hasMembers()
                && connection.status.caller().rooms() == null;
    }
}

package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The questions to the {@link AccessPolicy} about one peer: asks them, asks them again, and gives up those that take too long.
 * The answers go into the {@link RoomGrants}. It never blocks. Not thread-safe: it is guarded by the conversation.
 */
final class GrantQuestions {
    /** The time that the policy has for an answer. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The rooms of the peer. Called under the lock of the conversation. */
    interface Rooms {
        /** Whether the peer is in this room, or is about to join it. */
        boolean contains(RoomName room);

        /** The rooms that {@link #contains} is true for. */
        Collection<RoomName> all();

        /** The policy has answered or failed for a room. Messages that wait for that go on after this call. */
        void decided(RoomName room);
    }

    private final AccessPolicy policy;
    private final Rooms rooms;
    private final RoomGrants byRoom;
    private final Executor guarded;
    private final LongSupplier clock;
    private Caller caller;
    private boolean ended;

    /**
     * @param guarded runs each task later, under the lock of the conversation
     * @param clock as {@link System#nanoTime()}
     */
    GrantQuestions(AccessPolicy policy, Rooms rooms, RoomGrants byRoom, Executor guarded, LongSupplier clock) {
        this.policy = policy;
        this.rooms = rooms;
        this.byRoom = byRoom;
        this.guarded = guarded;
        this.clock = clock;
    }

    /** The next questions are about this caller. Called before the first one. */
    void about(Caller who) {
        caller = who;
    }

    boolean haveEnded() {
        return ended;
    }

    /** Asks about one room that has a grant, also if too many questions are open. */
    void recheck(RoomName room) {
        RoomGrant one = byRoom.find(room);
        if (ended || one == null) {
            return;
        }
        one.doubt();
        if (one.isAsking() || rooms.contains(room)) {
            ask(one);
        }
    }

    /** Asks about all rooms that have a grant, as many at a time as are allowed. */
    void recheck() {
        int open = byRoom.questions();
        for (RoomGrant one : byRoom.all()) {
            if (!ended) {
                one.doubt();
                if (one.isAsking()) {
                    ask(one);
                } else if (rooms.contains(one.room) && open < AccessPolicy.MOST_RENEWALS) {
                    ask(one);
                    open += one.isAsking() ? 1 : 0;
                }
            }
        }
    }

    /** Gives up questions that have been open for too long, and renews grants before their time is over. */
    void look() {
        int open = byRoom.questions();
        for (RoomGrant one : byRoom.all()) {
            long now = clock.getAsLong();
            if (ended) {
                return;
            }
            if (one.isAsking()) {
                if (one.askingFor(now) >= PATIENCE.toNanos()) {
                    settle(one, null, one.giveUp());
                }
            } else if (open < AccessPolicy.MOST_RENEWALS && rooms.contains(one.room) && one.isDue(now)) {
                ask(one);
                open += one.isAsking() ? 1 : 0;
            }
        }
    }

    void ask(RoomGrant of) {
        CompletableFuture<Grant> question;
        try {
            question = policy.decide(caller, of.room);
        } catch (RuntimeException | Error e) {
            question = CompletableFuture.failedFuture(e);
        }
        of.ask(question, clock.getAsLong());
        if (question.isDone()) {
            question.whenComplete((grant, failure) -> settle(of, grant, failure));
        } else {
            CompletableFuture<Grant> asked = question;
            asked.whenComplete((grant, failure) -> guarded.execute(() -> {
                // The question may have been given up, or asked again.
                if (of.isAbout(asked)) {
                    settle(of, grant, failure);
                }
            }));
        }
    }

    private void settle(RoomGrant of, Grant grant, Throwable failure) {
        if (ended) {
            return;
        }
        long now = clock.getAsLong();
        if (failure == null && grant != null) {
            of.answered(grant, now);
        } else {
            of.failed(GrantRefusals.unavailable(of.room, failure), now);
        }
        try {
            rooms.decided(of.room);
        } finally {
            of.goOn();
        }
    }

    /** The peer has left: open questions are cancelled. */
    void end() {
        ended = true;
        byRoom.end();
    }
}

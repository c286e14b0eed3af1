package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.message.Caller;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What one peer may do in which room, as the {@link AccessPolicy} answered. Not thread-safe: it is guarded by its conversation,
 * except for {@link #isFixed}. Never waits, and calls no policy where what the peer may do is always the same.
 *
 * <p>It keeps the answers for the rooms that the peer is in, and for {@value #OTHERS} others.
 */
final class Grants {
    /** More than pages of history can wait. */
    static final int OTHERS = 256;
    /** How long the policy may take for an answer. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What becomes of outcomes, and what they are for. Called under the lock of the conversation. */
    interface Rooms {
        /** Whether the peer is in this room, or is about to join it. */
        boolean contains(RoomName room);

        /** There is an outcome for a room; messages that wait for it go on after this. */
        void decided(RoomName room);
    }

    private final AccessPolicy policy;
    private final Rooms rooms;
    private final Executor guarded;
    private final LongSupplier clock;
    private final Map<RoomName, RoomGrant> byRoom = new LinkedHashMap<>(0);
    private Caller caller;
    private volatile Grant fixed;
    private boolean ended;

    /**
     * @param guarded runs each task later, under the lock of the conversation
     * @param clock as {@link System#nanoTime()}
     */
    Grants(AccessPolicy policy, Rooms rooms, Executor guarded, LongSupplier clock) {
        this.policy = policy;
        this.rooms = rooms;
        this.guarded = guarded;
        this.clock = clock;
    }

    /** It is known who the peer is. Called once, before anything is asked. */
    void identified(Caller who) {
        caller = who;
        fixed = policy.always(who);
    }

    /** Whether the peer may do the same in all rooms, at all times. Thread-safe. */
    boolean isFixed() {
        return fixed != null;
    }

    /** Whether an answer for this room has come, or is not needed. */
    boolean isKnown(RoomName room) {
        RoomGrant known = byRoom.get(room);
        return fixed != null || known != null && known.known() != null;
    }

    /** Ends when it is known what the peer may do in this room; null where it is known. */
    CompletionStage<?> answerFor(RoomName room) {
        if (fixed != null) {
            return null;
        }
        RoomGrant of = of(room);
        if (of.isUsable(clock.getAsLong())) {
            return null;
        }
        CompletableFuture<Void> outcome = of.outcome();
        if (!of.isAsking()) {
            ask(of);
        }
        return of.isUsable(clock.getAsLong()) ? null : outcome;
    }

    /** Asks about a room in which the peer will need something soon, where that is not known and there is place for it. */
    void prepare(RoomName room) {
        if (fixed == null && questions() < AccessPolicy.MOST_RENEWALS) {
            RoomGrant of = of(room);
            if (!of.isAsking() && !of.isUsable(clock.getAsLong())) {
                ask(of);
            }
        }
    }

    /**
     * Checks a message that is about to be handled, after {@link #answerFor}.
     *
     * @throws ParleyException with {@code forbidden} where the peer may not do this, with {@code unavailable} where nobody
     *     knows
     */
    void require(Permission permission, RoomName room) {
        Grant grant = fixed != null ? fixed : of(room).use(clock.getAsLong());
        if (!grant.allows(permission)) {
            throw forbidden(permission, room);
        }
    }

    /** @return whether what is known of a room says that the peer may not even read there */
    boolean isShutOut(RoomName room) {
        RoomGrant known = byRoom.get(room);
        return fixed == null
                && known != null
                && known.known() != null
                && !known.known().allows(Permission.READ);
    }

    /** Whether the latest answer for a room was another one than the one before. */
    boolean hasChanged(RoomName room) {
        RoomGrant known = byRoom.get(room);
        return known != null && known.hasChanged();
    }

    /** Whether nobody knows any more what the peer may do in a room. */
    boolean isLost(RoomName room) {
        RoomGrant known = byRoom.get(room);
        return known != null && known.isLost(clock.getAsLong());
    }

    /** What the peer may do in a room, as far as is known. */
    Set<Permission> permissions(RoomName room) {
        if (fixed != null) {
            return fixed.permissions();
        }
        RoomGrant known = byRoom.get(room);
        return known == null || known.known() == null
                ? EnumSet.noneOf(Permission.class)
                : known.known().permissions();
    }

    /** Why the peer may not be sent what it asked for earlier and is in the log of a room; null where it may. */
    ParleyException refusalToRead(RoomName room) {
        if (fixed != null) {
            return fixed.allows(Permission.READ) ? null : forbidden(Permission.READ, room);
        }
        if (isShutOut(room)) {
            return forbidden(Permission.READ, room);
        }
        RoomGrant known = byRoom.get(room);
        return known != null && known.isGood(clock.getAsLong())
                ? null
                : new ParleyException(
                        ErrorCode.UNAVAILABLE,
                        "what you may read in the room " + room + " may have changed; try again later");
    }

    /** @return what a peer is told that may not do this */
    static ParleyException forbidden(Permission permission, RoomName room) {
        return new ParleyException(
                ErrorCode.FORBIDDEN,
                switch (permission) {
                    case READ -> "you may not be in the room " + room + ", nor read it";
                    case SAY -> "you may read in the room " + room + ", but say nothing there";
                    case ATTACH -> "you may send no files to the room " + room;
                });
    }

    /** What was answered for these rooms may hold no more: the policy is asked again. */
    void recheck(Predicate<RoomName> which) {
        if (fixed != null) {
            return;
        }
        int open = questions();
        // Asking changes the map.
        for (RoomGrant one : List.copyOf(byRoom.values())) {
            if (!ended && which.test(one.room)) {
                one.doubt();
                if (one.isAsking()) {
                    ask(one);
                } else if (rooms.contains(one.room) && open < AccessPolicy.MOST_RENEWALS) {
                    ask(one);
                    open++;
                }
            }
        }
    }

    /** Gives up questions that have been open for too long, and asks for what is good for a short time only. */
    void look() {
        if (fixed != null) {
            return;
        }
        int open = questions();
        // Asking changes the map.
        for (RoomGrant one : List.copyOf(byRoom.values())) {
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
                open++;
            }
        }
    }

    private int questions() {
        return (int) byRoom.values().stream().filter(RoomGrant::isAsking).count();
    }

    private void ask(RoomGrant of) {
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
                // It may have been given up, or asked again.
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
            of.failed(unavailable(of.room, failure), now);
        }
        rooms.decided(of.room);
        of.goOn();
    }

    private static ParleyException unavailable(RoomName room, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ParleyException known && known.code() == ErrorCode.UNAVAILABLE
                ? known
                : new ParleyException(
                        ErrorCode.UNAVAILABLE,
                        "what may be done in the room " + room + " is not known now; try again later");
    }

    private RoomGrant of(RoomName room) {
        RoomGrant known = byRoom.get(room);
        if (known == null) {
            makePlace();
            known = new RoomGrant(room);
            byRoom.put(room, known);
        }
        return known;
    }

    /** Forgets the oldest of the rooms that the peer is not in, where there are too many. */
    private void makePlace() {
        if (byRoom.size() < OTHERS) {
            return;
        }
        List<RoomGrant> others = byRoom.values().stream()
                .filter(one -> !rooms.contains(one.room) && one.isForgettable())
                .toList();
        if (others.size() >= OTHERS) {
            byRoom.remove(others.get(0).room);
        }
    }

    /** The peer is gone: nobody needs an answer any more. */
    void end() {
        ended = true;
        List<RoomGrant> all = List.copyOf(byRoom.values());
        byRoom.clear();
        all.forEach(RoomGrant::end);
    }
}

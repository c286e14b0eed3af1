package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.room.Membership;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The rooms that one peer is in, or has asked to join, in the order of joining. Not thread-safe: it is guarded by its
 * conversation.
 */
final class Memberships {
    private static final int MOST_PUT_OUT = 100;

    /** Where the rooms of all connections are counted. */
    interface Places {
        /** @throws ParleyException with {@code tooFast} if the peer can't be in one more room now */
        void take(RoomName room);

        /** The peer is not in one of its rooms any more. On any thread; it does not wait. */
        void free();
    }

    private final int most;
    private final Places places;

    private final Map<RoomName, Membership> byRoom = new LinkedHashMap<>();
    /** The memberships that have one of the places. A join that is rejected gives its place back at once, on the loop of its room. */
    private final Map<RoomName, Membership> placed = new ConcurrentHashMap<>();
    /**
     * The last {@value #MOST_PUT_OUT} memberships that ended because the peer was put out. The peer may have sent a {@code leave}
     * before it knew, and this must not fail.
     */
    private final Map<RoomName, Membership> putOut = new LinkedHashMap<>();

    private RoomName latest;
    /** Why the peer is put out of rooms now, instead of the reason that others give; or null. */
    private RoomName reasonFor;

    private ParleyException reason;

    /** @param most the most rooms at a time */
    Memberships(int most, Places places) {
        this.most = most;
        this.places = places;
    }

    /**
     * The room that the peer joined last and has not left; null if there is none. The peer may have been put out of it. Then a
     * message without a room goes to no other room.
     */
    RoomName latest() {
        return latest;
    }

    /** Whether the peer is in the latest room, or its join is not decided yet. */
    boolean hasLatest() {
        return contains(latest);
    }

    /** Whether the peer is in this room, or its join is not decided yet. */
    boolean contains(RoomName room) {
        Membership membership = byRoom.get(room);
        return membership != null && !membership.isRefused();
    }

    /** The permissions in a room have changed. */
    void granted(RoomName room) {
        Membership membership = byRoom.get(room);
        if (membership != null) {
            membership.granted();
        }
    }

    /** The user of the peer has another name. */
    void renamed() {
        byRoom.values().forEach(Membership::renamed);
    }

    /** The rooms that the peer is in, or may still come into. */
    List<RoomName> names() {
        return byRoom.keySet().stream().filter(this::contains).toList();
    }

    /**
     * Joins a room, which may be joined already.
     *
     * @param joining makes the membership
     * @throws ParleyException with {@code forbidden} if the peer can't be in one more room with this connection, or as {@link
     *     Places#take} and {@code joining} do
     */
    void join(RoomName room, Supplier<Membership> joining) {
        Membership before = byRoom.get(room);
        boolean hasPlace = before != null && placed.remove(room, before);
        if (!hasPlace) {
            takePlace(room);
        }
        Membership membership;
        try {
            membership = joining.get();
        } catch (RuntimeException | Error e) {
            if (hasPlace) {
                holdPlace(room, before);
            } else {
                places.free();
            }
            throw e;
        }
        holdPlace(room, membership);
        putOut.remove(room);
        byRoom.remove(room);
        byRoom.put(room, membership);
        latest = room;
    }

    private void takePlace(RoomName room) {
        if (byRoom.size() >= most) {
            // They are kept only for the reasons that messages to these rooms get.
            byRoom.values().removeIf(Membership::isRefused);
        }
        if (byRoom.size() >= most) {
            throw new ParleyException(ErrorCode.FORBIDDEN, "at most " + most + " rooms at a time: leave one first");
        }
        places.take(room);
    }

    private void holdPlace(RoomName room, Membership membership) {
        placed.put(room, membership);
        membership.joined().thenRun(() -> {
            if (membership.isRefused()) {
                freePlace(room, membership);
            }
        });
    }

    private void freePlace(RoomName room, Membership membership) {
        if (placed.remove(room, membership)) {
            places.free();
        }
    }

    /**
     * Leaves a room.
     *
     * @param answer sent when the peer has left
     * @throws ParleyException why the peer is not in the room
     */
    void leave(RoomName room, ServerMessage answer) {
        Membership ended = putOut.remove(room);
        (ended == null ? in(room) : ended).leave(answer);
        Membership left = byRoom.remove(room);
        if (left != null) {
            freePlace(room, left);
        }
        if (room.equals(latest)) {
            latest = byRoom.keySet().stream().reduce((before, last) -> last).orElse(null);
        }
    }

    /** Whoever is put out of this room by this task gets this reason. */
    void because(RoomName room, ParleyException why, Runnable task) {
        reasonFor = room;
        reason = why;
        try {
            task.run();
        } finally {
            reasonFor = null;
            reason = null;
        }
    }

    /** Puts the peer out of this room. If it is the latest room, it stays that. */
    void putOut(RoomName room, ParleyException why) {
        Membership membership = byRoom.remove(room);
        freePlace(room, membership);
        membership.putOut(room.equals(reasonFor) ? reason : why);
        if (putOut.size() >= MOST_PUT_OUT) {
            putOut.remove(putOut.keySet().iterator().next());
        }
        putOut.put(room, membership);
    }

    /**
     * The membership in this room.
     *
     * @throws ParleyException if the peer is not in it, with the reason
     */
    Membership in(RoomName room) {
        Membership membership = byRoom.get(room);
        if (membership != null && membership.isRefused()) {
            throw membership.refusal();
        }
        if (membership == null) {
            throw new ParleyException(
                    ErrorCode.NOT_MEMBER, room == null ? "join a room first" : "join the room " + room + " first");
        }
        return membership;
    }

    /** Completes with the answer to the join of this room; null if no answer is missing. */
    CompletionStage<?> answerToJoin(RoomName room) {
        Membership membership = byRoom.get(room);
        return membership == null || membership.isDecided() ? null : membership.joined();
    }

    /** Completes with the answers to the join and to all messages to this room; null if no answer is missing. */
    CompletionStage<?> answersIn(RoomName room) {
        CompletionStage<?> join = answerToJoin(room);
        Membership membership = byRoom.get(room);
        return join != null || membership == null || membership.isAnswered() ? join : membership.answered();
    }

    /** Leaves all rooms, without an answer. */
    void leaveAll() {
        byRoom.forEach((room, membership) -> {
            membership.leave(null);
            freePlace(room, membership);
        });
        byRoom.clear();
    }
}

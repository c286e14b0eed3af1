package dev.parley.endpoint;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.room.Membership;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The rooms that one peer is in, or has asked to join, in the order of joining. Not thread-safe: it is guarded by its
 * conversation.
 */
final class Memberships {
    private static final int MOST = 1_000;

    private final Map<RoomName, Membership> byRoom = new LinkedHashMap<>();
    private RoomName latest;

    /**
     * The room that was joined last, of those that the peer has not left; null where it has left all. The peer may have been put
     * out of it: what it says without naming a room goes to no other one then.
     */
    RoomName latest() {
        return latest;
    }

    /** Whether the peer is in the latest room, or may still come into it. */
    boolean hasLatest() {
        return contains(latest);
    }

    /** Whether the peer is in this room, or may still come into it. */
    boolean contains(RoomName room) {
        Membership membership = byRoom.get(room);
        return membership != null && !membership.isRefused();
    }

    /** @throws ParleyException with {@code forbidden} where the peer is in as many rooms as it may be */
    void checkPlaceFor(RoomName room) {
        if (byRoom.size() >= MOST && !byRoom.containsKey(room)) {
            throw new ParleyException(ErrorCode.FORBIDDEN, "at most " + MOST + " rooms at a time");
        }
    }

    void add(RoomName room, Membership membership) {
        byRoom.remove(room);
        byRoom.put(room, membership);
        latest = room;
    }

    void remove(RoomName room) {
        byRoom.remove(room);
        if (room.equals(latest)) {
            latest = byRoom.keySet().stream().reduce((before, last) -> last).orElse(null);
        }
    }

    /** The peer may not be in this room any more; it remains the one that was joined last, if it is. */
    void putOut(RoomName room, ParleyException why) {
        byRoom.remove(room).putOut(why);
    }

    /**
     * The membership of this room.
     *
     * @throws ParleyException why the peer is not in it
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

    /** Ends with the answer to the join of this room; null where there is nothing to wait for. */
    CompletionStage<?> answerToJoin(RoomName room) {
        Membership membership = byRoom.get(room);
        return membership == null || membership.isDecided() ? null : membership.joined();
    }

    /** Ends with the answers to the join of this room and to all that was said there; null likewise. */
    CompletionStage<?> answersIn(RoomName room) {
        CompletionStage<?> join = answerToJoin(room);
        Membership membership = byRoom.get(room);
        return join != null || membership == null || membership.isAnswered() ? join : membership.answered();
    }

    /** Leaves all rooms, without an answer. */
    void leaveAll() {
        byRoom.values().forEach(membership -> membership.leave(null));
        byRoom.clear();
    }
}

package dev.parley.room;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * One member's place in one room. Its public methods are thread-safe and don't wait; what they ask for is answered to
 * the member.
 *
 * <pre>
 * JOINING ──(first page read: joined)──► CATCHING_UP ──(nothing newer in the log)──► LIVE
 *    │                                     │       ▲                                   │ │
 *    │                                     │       └─────(too much waits to be read)───┘ │
 *    └─────────────────────────────────────┴──────────────(leave)────────────────────────┴──► LEFT
 * </pre>
 */
public final class Membership {
    enum State {
        JOINING,
        CATCHING_UP,
        LIVE,
        LEFT
    }

    final Member member;
    private final Room room;
    private final MessageLog log;

    // Confined to the room's loop.
    State state = State.JOINING;
    /** The entry that the member gets next. */
    long next;
    /** How far the user has read, said before it was told that it had joined. */
    long readEarly;
    /** Answers that must not come before {@code joined}. */
    private final List<ServerMessage> held = new ArrayList<>(0);

    private final Ref joinRef;
    private volatile boolean refused;

    /** @param joinRef what marks the answer to the join */
    Membership(Member member, Ref joinRef, Room room, MessageLog log) {
        this.member = member;
        this.joinRef = joinRef;
        this.room = room;
        this.log = log;
    }

    /**
     * Says something in the room; the answer is {@code said}, or {@code error}.
     *
     * @param id the sender's own id of it, or null
     * @throws ParleyException with {@code unavailable} when the log takes nothing now
     */
    public void say(Ref ref, String id, Body body) {
        log.append(new Draft(room.name, member.user(), id, body, new Answer(ref, id)));
    }

    /** Leaves the room; {@code answer} is told to the member then, unless it is null. */
    public void leave(ServerMessage answer) {
        room.mustDo(() -> {
            room.remove(this);
            if (answer != null) {
                member.tell(answer);
            }
        });
    }

    /** Tells the others that this member's user is typing. Left out where there is too much to do. */
    public void typing() {
        room.offer(() -> room.typing(this));
    }

    /** This member's user has read the room up to {@code seq}. */
    public void read(long seq) {
        room.offer(() -> room.read(this, seq));
    }

    /** Tells the member, but not before it was told that it has joined. */
    private void answer(ServerMessage message) {
        assert room.isOnLoop();
        if (state == State.JOINING) {
            held.add(message);
        } else {
            member.tell(message);
        }
    }

    /** Whether the member was told that it can't join: this is no membership then. */
    public boolean isRefused() {
        return refused;
    }

    /** It will never join; the answer says why. */
    void refuse(ParleyException why) {
        refused = true;
        member.tell(new ServerMessage.Error(joinRef, why.code(), why.getMessage()));
        release();
    }

    /** The member has been told what became of its join: what was held back follows. */
    void release() {
        held.forEach(member::tell);
        held.clear();
    }

    /** What a sender is told. The rooms call it on the room's loop. */
    private final class Answer implements Draft.Outcome {
        private final Ref ref;
        private final String id;

        Answer(Ref ref, String id) {
            this.ref = ref;
            this.id = id;
        }

        @Override
        public void said(Entry entry) {
            answer(new ServerMessage.Said(ref, entry.room(), entry.seq(), id, entry.at()));
        }

        @Override
        public void refused(ParleyException why) {
            answer(new ServerMessage.Error(ref, why.code(), why.getMessage()));
        }
    }
}

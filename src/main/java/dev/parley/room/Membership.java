package dev.parley.room;

import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.MessageLog;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
    private enum State {
        JOINING,
        CATCHING_UP,
        LIVE,
        LEFT
    }

    /** The room as its memberships see it. */
    interface Home {
        RoomName name();

        /** Queues what must be done on the room's loop, and of which each membership has one at a time. */
        void mustDo(Runnable task);

        /** Queues a task for the room's loop; false where too much is queued already. */
        boolean offer(Runnable task);

        /** Whether this is the room's loop. */
        boolean isOnLoop();

        /** On the loop. */
        void remove(Membership leaving);

        /** On the loop. */
        void typing(Membership from);

        /** On the loop. */
        void read(Membership by, long seq);
    }

    final Member member;
    private final Home room;
    private final MessageLog log;

    // Confined to the room's loop.
    private State state = State.JOINING;
    private long next;

    private final Ref joinRef;
    /** Ends when the member was told that it joined, or that it can't. */
    private final CompletableFuture<Void> joined = new CompletableFuture<>();

    private volatile ParleyException refusal;

    // Confined to whoever speaks for the member, one at a time.

    /** Of what was said last: those before it are answered before it. */
    private Answer latest;

    /** @param joinRef what marks the answer to the join */
    Membership(Member member, Ref joinRef, Home room, MessageLog log) {
        this.member = member;
        this.joinRef = joinRef;
        this.room = room;
        this.log = log;
    }

    /**
     * Says something in the room, once {@link #joined} has ended; the answer is {@code said}, or {@code error}.
     *
     * @param said its own room does not count: it is said in this one
     * @throws ParleyException with {@code unavailable} when the log takes nothing now
     */
    public void say(ClientMessage.Stored said) {
        Answer answer = new Answer(said.ref(), said.id());
        log.append(new Draft(room.name(), member.user(), DraftId.of(said.id()), said.body(), answer));
        latest = answer;
    }

    /**
     * Ends when the member was told what became of its join, on the room's loop. Nothing else is to be asked of this
     * membership before.
     */
    public CompletionStage<Void> joined() {
        return joined;
    }

    /** Whether all that was said here has been answered: what is read from the log now has it. For who calls {@link #say}. */
    public boolean isAnswered() {
        return latest == null || latest.isDone();
    }

    /** Ends when all that was said here until now is answered. For who calls {@link #say}. */
    public CompletionStage<Void> answered() {
        return latest == null ? CompletableFuture.completedStage(null) : latest;
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

    /**
     * The member may not be in the room any more: it is told {@code left} with the reason or, where its join has no answer yet,
     * is refused.
     */
    public void putOut(ParleyException why) {
        room.mustDo(() -> {
            if (state == State.JOINING && !isRefused()) {
                refuse(why);
                room.remove(this);
            } else if (state != State.LEFT) {
                room.remove(this);
                member.tell(new ServerMessage.Left(null, room.name(), why.getMessage()));
            }
        });
    }

    /** What the member may do in the room has changed, and it may still be there: it is sent {@code granted}. */
    public void granted() {
        room.mustDo(() -> {
            // The answer to a join says it by itself.
            if (state == State.CATCHING_UP || state == State.LIVE) {
                member.tell(new ServerMessage.Granted(room.name(), member.permissions(room.name())));
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

    /** Whether the member was told that it can't join: this is no membership then. */
    public boolean isRefused() {
        return refusal != null;
    }

    /** Why the member can't join; null where that was not refused. */
    public ParleyException refusal() {
        return refusal;
    }

    /** Whether the member was told that it has joined, or that it can't. */
    public boolean isDecided() {
        return joined.isDone();
    }

    // The states. On the room's loop only.

    boolean isJoining() {
        return state == State.JOINING;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    boolean hasLeft() {
        return state == State.LEFT;
    }

    /** The entry that the member gets next. Not while it is joining. */
    long next() {
        return next;
    }

    /** It was sent its first page, which ends before this entry. */
    void sentFirst(long following) {
        move(State.CATCHING_UP, state == State.JOINING);
        next = following;
    }

    /** It was sent all entries before this one. */
    void sentUntil(long following) {
        next = following;
    }

    /** Nothing newer than what it was sent is in the log. */
    void caughtUp() {
        move(State.LIVE, state == State.CATCHING_UP);
    }

    /** It can't be given an entry now, or has missed one. */
    void fellBehind() {
        move(State.CATCHING_UP, state == State.LIVE);
    }

    /**
     * It leaves.
     *
     * @param why what a join is told that has no answer yet
     */
    void left(String why) {
        if (state == State.JOINING && !isRefused()) {
            refuse(new ParleyException(ErrorCode.NOT_MEMBER, "the room " + room.name() + ": " + why));
        }
        move(State.LEFT, state != State.LEFT);
    }

    private void move(State to, boolean isDrawn) {
        assert room.isOnLoop();
        if (!isDrawn) {
            throw new IllegalStateException("a membership went from " + state + " to " + to);
        }
        state = to;
    }

    /** It will never join; the answer says why. */
    void refuse(ParleyException why) {
        refusal = why;
        member.tell(new ServerMessage.Error(joinRef, why.code(), why.getMessage()));
        joined.complete(null);
    }

    /** The member has been told that it has joined. */
    void release() {
        joined.complete(null);
    }

    /** What a sender is told. The rooms call it on the room's loop. */
    private final class Answer extends CompletableFuture<Void> implements Draft.Outcome {
        private final Ref ref;
        private final String id;

        Answer(Ref ref, String id) {
            this.ref = ref;
            this.id = id;
        }

        @Override
        public void said(Entry entry) {
            assert room.isOnLoop();
            member.tell(new ServerMessage.Said(ref, entry.room(), entry.seq(), id, entry.at()));
            complete(null);
        }

        @Override
        public void refused(ParleyException why) {
            assert room.isOnLoop();
            member.tell(new ServerMessage.Error(ref, why.code(), why.getMessage()));
            complete(null);
        }
    }
}

package dev.parley.room;

import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.MessageLog;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The membership of one member in one room. Its public methods are thread-safe and don't wait. The member is sent their
 * results.
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

    /** The room of a membership. */
    interface Home {
        RoomName name();

        /** Queues a task for the room's loop, even if its queue is full. A membership has one such task at a time. */
        void mustDo(Runnable task);

        /** Queues a task for the room's loop. Returns false if the queue is full. */
        boolean offer(Runnable task);

        /** The same for a task that holds so many characters. Returns false also if the tasks of the loop hold too many. */
        boolean offer(Runnable task, int characters);

        /** Whether the room has or had an entry, as far as this process knows. On any thread. */
        boolean isMade();

        /** On the loop. The room has an entry. */
        void made();

        /** Whether this is the room's loop. */
        boolean isOnLoop();

        /** On the loop. */
        void remove(Membership leaving);

        /** On the loop. The user of the member may have another name. */
        void rename(Membership renamed);

        /** On the loop. */
        void typing(Membership from);

        /** On the loop. @param by null if the application sends it */
        void signal(User from, Body body, Membership by);

        /** On the loop. */
        void read(Membership by, long seq);
    }

    final Member member;
    private final Home room;
    private final MessageLog log;

    // Confined to the room's loop.
    private State state = State.JOINING;
    /** The user as the room knows it; null before the member is in the room. It may have another name by now. */
    User user;

    private long next;

    private final Ref joinRef;
    /** Completes when the member was sent the answer to its join. */
    private final CompletableFuture<Void> joined = new CompletableFuture<>();

    private volatile ParleyException refusal;

    /** The answer to the last message; earlier messages are answered before it. Guarded by the caller of {@link #say}. */
    private Answer latest;

    /** @param joinRef the {@code ref} of the join */
    Membership(Member member, Ref joinRef, Home room, MessageLog log) {
        this.member = member;
        this.joinRef = joinRef;
        this.room = room;
        this.log = log;
    }

    /**
     * Appends a message to the log of this room. The member is sent {@code said} or {@code error}. May be called when {@link
     * #joined} has completed. For one thread at a time, as {@link #isAnswered} and {@link #answered}.
     *
     * @param said the room in it is ignored
     * @param settled notified of the result once, on the room's loop, before the member is answered. It must neither block nor
     *     throw
     * @throws ParleyException with {@code unavailable} if the log accepts no message now; then {@code settled} is not notified
     */
    public void say(ClientMessage.Stored said, Consumer<SayResult> settled) {
        Answer answer = new Answer(member, said.ref(), said.id(), result -> settle(result, settled));
        log.append(new Draft(room.name(), member.user(), DraftId.of(said.id()), said.body(), answer));
        latest = answer;
    }

    private void settle(SayResult result, Consumer<SayResult> settled) {
        assert room.isOnLoop();
        if (result != SayResult.REFUSED && result != SayResult.UNKNOWN) {
            room.made();
        }
        settled.accept(result);
    }

    /** Whether the room had no entry so far, as far as this process knows, so that the next message makes it. */
    public boolean makesRoom() {
        return !room.isMade();
    }

    /**
     * Completes when the member was sent the answer to its join, on the room's loop. Other methods may be called after that.
     */
    public CompletionStage<Void> joined() {
        return joined;
    }

    /** Whether all messages of {@link #say} are answered. Then a read of the log finds them. */
    public boolean isAnswered() {
        return latest == null || latest.isDone();
    }

    /** Completes when all messages of earlier calls of {@link #say} are answered. */
    public CompletionStage<?> answered() {
        return latest == null ? CompletableFuture.completedStage(null) : latest;
    }

    /** Leaves the room, then sends the member {@code answer} unless it is null. */
    public void leave(ServerMessage answer) {
        room.mustDo(() -> {
            room.remove(this);
            if (answer != null) {
                member.tell(answer);
            }
        });
    }

    /**
     * Removes a member that may not be in the room any more. The member is sent {@code left} with the reason. If its join has
     * no answer yet, the join is rejected instead.
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

    /** Sends {@code granted}: the member's permissions have changed, and it may stay in the room. */
    public void granted() {
        room.mustDo(() -> {
            // While the member joins, this is not needed: the answer has the permissions.
            if (state == State.CATCHING_UP || state == State.LIVE) {
                member.tell(new ServerMessage.Granted(
                        room.name(),
                        member.permissions(room.name()),
                        member.slow(room.name()).toSeconds()));
            }
        });
    }

    /** The user of the member has another name now. The room's members are notified of it. */
    public void renamed() {
        room.mustDo(() -> {
            if (state != State.LEFT) {
                room.rename(this);
            }
        });
    }

    /** Sends the other members that this member's user is typing. Dropped if the room's loop has too much to do. */
    public void typing() {
        room.offer(() -> room.typing(this));
    }

    /** Sends the other members a text or data. Dropped if the room's loop has too much to do. */
    public void signal(Body body) {
        room.offer(() -> room.signal(user, body, this), body.size());
    }

    /** This member's user has read the room up to {@code seq}. Dropped if the room's loop has too much to do. */
    public void read(long seq) {
        room.offer(() -> room.read(this, seq));
    }

    /** Whether the join was rejected. */
    public boolean isRefused() {
        return refusal != null;
    }

    /** Why the join was rejected; null if it was not. */
    public ParleyException refusal() {
        return refusal;
    }

    /** Whether the member was sent the answer to its join. */
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

    /** The {@code seq} of the entry that the member gets next. Not defined while it is joining. */
    long next() {
        return next;
    }

    /** The member was sent its first page, which ends before the entry {@code following}. */
    void sentFirst(long following) {
        move(State.CATCHING_UP, state == State.JOINING);
        next = following;
    }

    /** The member was sent all entries before {@code following}. */
    void sentUntil(long following) {
        next = following;
    }

    /** The member was sent all entries of the log. */
    void caughtUp() {
        move(State.LIVE, state == State.CATCHING_UP);
    }

    /** The member can't take an entry now, or has missed one. */
    void fellBehind() {
        move(State.CATCHING_UP, state == State.LIVE);
    }

    /**
     * The member has left.
     *
     * @param why the reason for the error, if its join has no answer yet
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

    /** Rejects the join, and sends the member the reason. */
    void refuse(ParleyException why) {
        refusal = why;
        member.tell(new ServerMessage.Error(joinRef, why.code(), why.getMessage()));
        joined.complete(null);
    }

    /** The member was sent {@code joined}. */
    void release() {
        joined.complete(null);
    }
}

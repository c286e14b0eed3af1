package dev.parley.app;

import dev.parley.Draft;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.DirectRooms;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UnicodeText;

/** The {@link Draft} of one message of a peer. Guarded by its own lock, because an observer may keep it. */
final class PeerDraft implements Draft {
    private static final int MOST_SENTENCE = 200;

    private final Caller caller;
    private final RoomName room;
    private final Limits limits;
    private Body body;
    /** Null unless it is refused. */
    private ParleyException refusal;

    /** The thread that calls the observers; null before and after that. */
    private Thread observing;

    PeerDraft(Caller caller, RoomName room, Body body, Limits limits) {
        this.caller = caller;
        this.room = room;
        this.body = body;
        this.limits = limits;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public RoomName room() {
        return room;
    }

    @Override
    public synchronized Body body() {
        return body;
    }

    @Override
    public synchronized void replace(Body other) {
        requireOpen();
        Body.checkComplete(other);
        DirectRooms.checkHeader(room, other);
        LocalRoom.checkSize(other, limits);
        body = other;
    }

    @Override
    public synchronized void refuse(String sentence) {
        requireOpen();
        if (sentence.isBlank() || sentence.length() > MOST_SENTENCE) {
            throw ParleyException.badRequest("the sentence must have 1 to " + MOST_SENTENCE + " characters");
        }
        UnicodeText.check("sentence", sentence);
        refusal = new ParleyException(ErrorCode.FORBIDDEN, sentence);
    }

    private void requireOpen() {
        if (observing != Thread.currentThread()) {
            throw new IllegalStateException(
                    "an observer changes a draft only during its call, on the thread of the call");
        }
    }

    /** From now on this thread may change it, until {@link #decide}. */
    synchronized void begin() {
        observing = Thread.currentThread();
    }

    /** Why the message is refused; null if it is not. */
    synchronized ParleyException refusal() {
        return refusal;
    }

    /** From now on nothing changes. */
    synchronized void decide() {
        observing = null;
    }
}

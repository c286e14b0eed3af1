package dev.parley.test;

import dev.parley.Draft;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.RoomName;
import java.util.Objects;
import java.util.Optional;

/**
 * A message before it is stored, for the observers that a unit test calls; see {@link RecordingParley#draft}. Unlike the draft of the
 * server, it can be used at any time, and it has no limits of size. For one thread.
 */
public final class RecordedDraft implements Draft {
    private final Caller caller;
    private final RoomName room;
    private Body body;
    private String refusal;

    RecordedDraft(Caller caller, RoomName room, Body body) {
        this.caller = caller;
        this.room = room;
        this.body = body;
    }

    /** The sentence with which an observer has refused the message; empty if none has. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
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
    public Body body() {
        return body;
    }

    @Override
    public void replace(Body other) {
        Body.checkComplete(other);
        body = other;
    }

    @Override
    public void refuse(String sentence) {
        refusal = Objects.requireNonNull(sentence);
    }
}

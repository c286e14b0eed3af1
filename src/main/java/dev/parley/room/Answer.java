package dev.parley.room;

import dev.parley.log.Draft;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The answer to one message of a member. Its methods are called on the room's loop. It completes when the member is answered. */
final class Answer extends CompletableFuture<Void> implements Draft.Outcome {
    private final Member member;
    private final ClientMessage.Stored message;
    private final Consumer<SayResult> settled;

    /** @param settled notified once, before the member is answered */
    Answer(Member member, ClientMessage.Stored message, Consumer<SayResult> settled) {
        this.member = member;
        this.message = message;
        this.settled = settled;
    }

    @Override
    public void said(Entry entry) {
        stored(entry, entry.seq() == 1 ? SayResult.MADE_ROOM : SayResult.ADDED);
    }

    @Override
    public void repeated(Entry entry) {
        stored(entry, SayResult.REPEATED);
    }

    private void stored(Entry entry, SayResult result) {
        settled.accept(result);
        member.tell(new ServerMessage.Said(message.ref(), entry.room(), entry.seq(), message.id(), entry.at()));
        complete(null);
    }

    @Override
    public void refused(ParleyException why) {
        settled.accept(SayResult.REFUSED);
        member.tell(ServerMessage.Error.of(message.ref(), why, why.getMessage()));
        complete(null);
    }

    /** An error would mean that the message was not stored. A client that reconnects sends it again under the same id. */
    @Override
    public void unknown(ParleyException why) {
        settled.accept(SayResult.UNKNOWN);
        member.lost(why);
        complete(null);
    }
}

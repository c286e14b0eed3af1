package dev.parley.room;

import dev.parley.log.Draft;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.ServerMessage;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The answer to one message of a member. Its methods are called on the room's loop. It completes when the member is answered. The
 * membership keeps it until the next message, so it has nothing of the content.
 */
final class Answer extends CompletableFuture<Void> implements Draft.Outcome {
    private final Member member;
    private final Ref ref;
    private final String id;
    private final Consumer<SayResult> settled;

    /**
     * @param ref of the message; null if it has none, as {@code id}
     * @param settled notified once, before the member is answered
     */
    Answer(Member member, Ref ref, String id, Consumer<SayResult> settled) {
        this.member = member;
        this.ref = ref;
        this.id = id;
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
        member.tell(new ServerMessage.Said(ref, entry.room(), entry.seq(), id, entry.at()));
        complete(null);
    }

    @Override
    public void refused(ParleyException why) {
        settled.accept(SayResult.REFUSED);
        member.tell(ServerMessage.Error.of(ref, why, why.getMessage()));
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

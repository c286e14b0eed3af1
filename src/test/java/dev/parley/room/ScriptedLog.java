package dev.parley.room;

import dev.parley.log.Appended;
import dev.parley.log.AttachmentPart;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.ErasureScope;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.testing.EmptyLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/**
 * A log that has and answers what the test says. All of its entries can be read, also those that the listener did not hear
 * of.
 */
final class ScriptedLog extends EmptyLog {
    final List<CompletableFuture<Page>> reads = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Optional<AttachmentPart>>> parts = new CopyOnWriteArrayList<>();
    final List<Thread> readBy = new CopyOnWriteArrayList<>();
    final List<Draft> appended = new CopyOnWriteArrayList<>();
    volatile boolean answersLater;
    private volatile long last;

    void commits(Draft.Outcome outcome, long... seqs) {
        last = seqs[seqs.length - 1];
        commit(LongStream.of(seqs)
                .mapToObj(seq -> new Appended(draft(outcome), RoomScenario.entry(seq), false))
                .toList());
    }

    /** It has entries up to this one: another node appended some. */
    void has(long seq) {
        last = seq;
    }

    /** The content of this entry is erased. */
    void erases(long seq) {
        tellErased(RoomScenario.ROOM, seq);
    }

    /** Everything of this scope up to this time is being erased. */
    void erasesAll(ErasureScope scope, long until) {
        tellErasing(scope, until);
    }

    void refuses(Draft.Outcome outcome) {
        draftListener.refused(List.of(draft(outcome)), ParleyException.badRequest("on purpose"));
    }

    @Override
    public void append(Draft draft) {
        appended.add(draft);
    }

    /** It ends before it knows whether it has what was appended. */
    void endsInDoubt() {
        draftListener.unknown(List.copyOf(appended), new ParleyException(ErrorCode.UNAVAILABLE, "on purpose"));
    }

    private static Draft draft(Draft.Outcome outcome) {
        return new Draft(
                RoomScenario.ROOM,
                RoomScenario.ANN,
                DraftId.of(null),
                RoomScenario.entry(1).body(),
                outcome);
    }

    Page page(Range range) {
        if (!(range instanceof Range.After after)) {
            return new Page(List.of(), last, false);
        }
        return new Page(
                LongStream.rangeClosed(after.seq() + 1, last)
                        .mapToObj(RoomScenario::entry)
                        .toList(),
                last,
                false);
    }

    @Override
    public CompletionStage<Page> read(RoomName room, Range range) {
        readBy.add(Thread.currentThread());
        CompletableFuture<Page> page = new CompletableFuture<>();
        reads.add(page);
        if (!answersLater) {
            page.complete(page(range));
        }
        return page;
    }

    @Override
    public CompletionStage<Optional<AttachmentPart>> readAttachment(RoomName room, long seq, long offset, int length) {
        CompletableFuture<Optional<AttachmentPart>> part = new CompletableFuture<>();
        parts.add(part);
        if (!answersLater) {
            part.complete(Optional.empty());
        }
        return part;
    }
}

package dev.parley.testing;

import dev.parley.log.Appended;
import dev.parley.log.AttachmentPart;
import dev.parley.log.Draft;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.log.ErasureScope;
import dev.parley.log.MessageLog;
import dev.parley.log.ModerationRequest;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.RoomsBehind;
import dev.parley.log.StandingsChange;
import dev.parley.log.UnreadRoom;
import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.Entry;
import dev.parley.message.Keep;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.Standings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log without a disk: nothing is in it, and nothing that is said comes into it. Others make more of it. */
public class EmptyLog implements MessageLog {
    protected DraftListener draftListener;
    private EntryListener entryListener;

    @Override
    public String epoch() {
        return "test";
    }

    @Override
    public void start(DraftListener drafts, EntryListener entries) {
        draftListener = drafts;
        entryListener = entries;
    }

    /** Says that these are durable. */
    protected void commit(List<Appended> batch) {
        draftListener.stored(batch);
        List<Entry> fresh = batch.stream()
                .filter(appended -> !appended.repeated())
                .map(Appended::entry)
                .toList();
        if (!fresh.isEmpty()) {
            entryListener.added(fresh);
        }
    }

    @Override
    public void append(Draft draft) {}

    @Override
    public CompletionStage<Page> read(RoomName room, Range range) {
        return CompletableFuture.completedStage(new Page(List.of(), 0, false));
    }

    @Override
    public CompletionStage<Boolean> isStored(RoomName room, User user, String id) {
        return CompletableFuture.completedStage(false);
    }

    @Override
    public CompletionStage<Page> readReferences(RoomName room, Range range) {
        return read(room, range);
    }

    @Override
    public CompletionStage<Optional<AttachmentPart>> readAttachment(RoomName room, long seq, long offset, int length) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<Boolean> erase(RoomName room, long seq) {
        return CompletableFuture.completedStage(false);
    }

    @Override
    public CompletionStage<Long> eraseAll(ErasureScope scope) {
        return CompletableFuture.completedStage(0L);
    }

    /** Says that the content of an entry is erased. */
    protected void tellErased(RoomName room, long seq) {
        entryListener.erased(List.of(new ServerMessage.Erased(room, seq)));
    }

    /** Says that everything of a scope is being erased. */
    protected void tellErasing(ErasureScope scope, long until) {
        entryListener.erasing(scope, until);
    }

    @Override
    public CompletionStage<Set<RoomName>> roomsWithStandings(int limit) {
        return CompletableFuture.completedStage(Set.of());
    }

    @Override
    public CompletionStage<StandingsChange> moderate(ModerationRequest request) {
        return CompletableFuture.completedStage(new StandingsChange(request.room(), Map.of(), 0, false));
    }

    @Override
    public CompletionStage<Void> keep(User by, RoomName room, Keep keep) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Boolean> erase(ModerationRequest request) {
        return erase(request.room(), request.seq());
    }

    @Override
    public CompletionStage<Standings> standings(RoomName room) {
        return CompletableFuture.completedStage(Standings.NONE);
    }

    @Override
    public CompletionStage<Optional<User>> author(RoomName room, long seq) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<List<AuditEntry>> audit(long after, int limit) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<Void> addObserver(String observer, boolean fromStart) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> advance(String observer, Map<RoomName, Long> positions) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Long> position(String observer, RoomName room) {
        return CompletableFuture.completedStage(0L);
    }

    @Override
    public CompletionStage<RoomsBehind> behind(String observer, long place) {
        return CompletableFuture.completedStage(new RoomsBehind(List.of(), RoomsBehind.END));
    }

    @Override
    public void mark(RoomName room, User user, long seq) {}

    @Override
    public void reserve(User user) {}

    @Override
    public CompletionStage<Map<String, Long>> marks(RoomName room) {
        return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public CompletionStage<List<UnreadRoom>> unread(User user) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public void close() {}
}

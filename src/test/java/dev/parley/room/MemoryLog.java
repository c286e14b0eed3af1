package dev.parley.room;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.testing.EmptyLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One room's log in memory, with a thread that writes batches and one that reads pages. How long these are, its seed says.
 * Thread-safe.
 */
final class MemoryLog extends EmptyLog {
    private final LinkedBlockingQueue<Draft> drafts = new LinkedBlockingQueue<>();
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    /** For the reader's thread alone. */
    private final Random random;

    MemoryLog(long seed) {
        random = new Random(seed);
    }

    @Override
    public void append(Draft draft) {
        drafts.add(draft);
        writer.execute(this::write);
    }

    private void write() {
        List<Draft> batch = new ArrayList<>();
        drafts.drainTo(batch);
        if (batch.isEmpty()) {
            return;
        }
        List<Appended> appended = new ArrayList<>();
        for (Draft draft : batch) {
            long seq = entries.size() + appended.size() + 1L;
            Entry entry = new Entry(
                    draft.room(),
                    seq,
                    draft.id().sendersId(),
                    draft.from().name(),
                    draft.from().id(),
                    Instant.EPOCH,
                    draft.body());
            appended.add(new Appended(draft, entry, false));
        }
        entries.addAll(appended.stream().map(Appended::entry).toList());
        commit(appended);
    }

    long last() {
        return entries.size();
    }

    @Override
    public CompletionStage<Page> read(RoomName room, Range range) {
        return CompletableFuture.supplyAsync(() -> page(range), reader);
    }

    private Page page(Range range) {
        List<Entry> all = List.copyOf(entries);
        if (range instanceof Range.Newest) {
            int from = Math.max(0, all.size() - range.limit());
            return new Page(all.subList(from, all.size()), all.size(), from > 0);
        }
        long after = ((Range.After) range).seq();
        int from = (int) Math.min(after, all.size());
        int most = 1 + random.nextInt(range.limit());
        int to = Math.min(all.size(), from + most);
        return new Page(all.subList(from, to), all.size(), to < all.size());
    }

    @Override
    public void close() {
        writer.shutdownNow();
        reader.shutdownNow();
    }
}

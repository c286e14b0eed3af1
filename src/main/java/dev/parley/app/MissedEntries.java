package dev.parley.app;

import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Remembers the entries that slow observers have missed, as one range for each room. When the queue of the observers is empty,
 * these entries are read from the log. So no entry is lost. Thread-safe. Entries of one room are taken in their order.
 */
final class MissedEntries implements EventDispatch.Overflow<Entry> {
    private static final Logger LOG = System.getLogger(MissedEntries.class.getName());

    private final Map<RoomName, Gap> behind = new ConcurrentHashMap<>();
    private final MessageLog log;

    private record Gap(long from, long to) {}

    MissedEntries(MessageLog log) {
        this.log = log;
    }

    @Override
    public boolean takesBehind(Entry entry) {
        return !behind.isEmpty()
                && behind.computeIfPresent(entry.room(), (room, gap) -> new Gap(gap.from(), entry.seq())) != null;
    }

    @Override
    public void take(Entry entry) {
        behind.put(entry.room(), new Gap(entry.seq(), entry.seq()));
    }

    @Override
    public boolean isEmpty() {
        return behind.isEmpty();
    }

    @Override
    public void giveTo(Consumer<Entry> observers) throws InterruptedException {
        for (RoomName room : List.copyOf(behind.keySet())) {
            try {
                fill(room, observers);
            } catch (ExecutionException e) {
                LOG.log(Level.DEBUG, "Room " + room + " can't be read for its observers now", e.getCause());
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** Passes exactly the missed entries to the observers. When the range is removed, later entries are queued again. */
    private void fill(RoomName room, Consumer<Entry> observers) throws InterruptedException, ExecutionException {
        for (Gap gap = rest(room, 0); gap != null; ) {
            long given = gap.from() - 1;
            Range next = new Range.After(given, ClientMessage.MAX_LIMIT);
            Page page = log.read(room, next).toCompletableFuture().get();
            if (!page.follows(given)) {
                long last = Math.min(page.oldest() - 1, gap.to());
                LOG.log(
                        Level.WARNING,
                        "Entries {0} to {1} of room {2} were deleted (parley.keep) before the slow observers got them",
                        gap.from(),
                        last,
                        room);
                given = last;
            }
            for (Entry entry : page.entries()) {
                if (entry.seq() <= gap.to()) {
                    observers.accept(entry);
                    given = entry.seq();
                }
            }
            gap = rest(room, given);
        }
    }

    private Gap rest(RoomName room, long given) {
        return behind.computeIfPresent(room, (name, gap) -> {
            if (given >= gap.to()) {
                return null;
            }
            return given < gap.from() ? gap : new Gap(given + 1, gap.to());
        });
    }
}

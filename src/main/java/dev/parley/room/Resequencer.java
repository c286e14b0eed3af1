package dev.parley.room;

import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.loop.Loop;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Sorts the entries that the relay brings to one room into the order of the log, each entry once. Confined to the room's
 * loop.
 *
 * <pre>
 *   heard ──▶ not newer than the position ──▶ dropped
 *         ──▶ the next one                ──▶ delivered, and the position moves on
 *         ──▶ one after a gap             ──▶ kept, and the log is read from the position on
 * </pre>
 *
 * <p>Until the first page of a member is read, the room does not know its position in the log. Gaps are ignored until then:
 * no member has a page yet, and each member reads the log up to its first page.
 *
 * <p>At most one read is running, for all members together. A failed read is repeated after one second.
 */
final class Resequencer {
    private static final Logger LOG = System.getLogger(Resequencer.class.getName());
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RoomName room;
    private final Loop loop;
    private final MessageLog log;
    private final GapReads reads;
    private final Erasures erasures;
    private final BooleanSupplier isEmpty;
    private final Consumer<List<Entry>> inOrder;

    /** All entries up to this one were delivered to the live members. */
    private long position;

    private boolean started;
    /** The newest known entry. It is newer than the position only if a gap is between them. */
    private long newest;

    private final EntriesAhead ahead = new EntriesAhead();
    /** Whether the relay may have lost entries since the last read of the log. */
    private boolean suspicious;
    /** Whether a read is running, waits for its turn, or waits to be repeated. */
    private boolean reading;

    /**
     * @param isEmpty whether the room has no members; then nothing is read, because a later member reads the log itself
     * @param inOrder gets the entries in order, each once; never an empty list
     */
    Resequencer(
            RoomName room,
            Loop loop,
            MessageLog log,
            GapReads reads,
            Erasures erasures,
            BooleanSupplier isEmpty,
            Consumer<List<Entry>> inOrder) {
        this.room = room;
        this.loop = loop;
        this.log = log;
        this.reads = reads;
        this.erasures = erasures;
        this.isEmpty = isEmpty;
        this.inOrder = inOrder;
    }

    /**
     * A member's first page was read.
     *
     * @param last the last entry of the log when the page was read
     * @return whether the position has moved; then the entries before it will not be delivered
     */
    boolean start(long last) {
        if (started) {
            return false;
        }
        started = true;
        boolean moves = position < last;
        position = Math.max(position, last);
        readIfNeeded();
        return moves;
    }

    /** @param batch not empty; in any order */
    void hear(List<Entry> batch) {
        deliver(follows(batch) ? batch : next(batch));
        deliver(ahead.take(position + 1));
        readIfNeeded();
    }

    /** Forgets the entries that came before earlier ones. They are read from the log. */
    void forgetAhead() {
        ahead.clear();
    }

    /** The relay may have lost entries. */
    void missed() {
        suspicious = true;
        readIfNeeded();
    }

    private boolean follows(List<Entry> batch) {
        long next = started ? position + 1 : Math.max(position + 1, batch.get(0).seq());
        for (Entry entry : batch) {
            if (entry.seq() != next++) {
                return false;
            }
        }
        return true;
    }

    /** The entries of a batch that can be delivered now. The others are kept or dropped. */
    private List<Entry> next(List<Entry> batch) {
        List<Entry> next = new ArrayList<>(batch.size());
        long last = position;
        for (Entry entry : batch) {
            if (entry.seq() == last + 1 || !started && entry.seq() > last) {
                next.add(entry);
                last = entry.seq();
            } else if (entry.seq() > last) {
                newest = Math.max(newest, entry.seq());
                ahead.add(entry);
            }
        }
        return next;
    }

    private void deliver(List<Entry> next) {
        if (!next.isEmpty()) {
            position = next.get(next.size() - 1).seq();
            inOrder.accept(next);
        }
    }

    private void readIfNeeded() {
        if (started && !reading && isBehind()) {
            reading = true;
            queueRead();
        }
    }

    private boolean isBehind() {
        return suspicious || newest > position;
    }

    private void queueRead() {
        reads.add(() -> loop.begin(this::read).handleAsync(this::ended, loop::add));
    }

    private CompletionStage<Void> read() {
        assert loop.isCurrent();
        if (isEmpty.getAsBoolean()) {
            suspicious = false;
            newest = position;
            ahead.clear();
            return DONE;
        }
        if (!isBehind()) {
            // The relay brought the entries while this read waited for its turn.
            return DONE;
        }
        // This read may not find entries that the relay loses from now on.
        suspicious = false;
        long start = position;
        long known = Math.max(newest, start);
        return log.read(room, new Range.After(start, ClientMessage.MAX_LIMIT))
                .thenAcceptAsync(page -> hearPage(page, start, known), loop::add);
    }

    /**
     * @param start the entry before the page
     * @param known the newest entry that was known before the page was read
     */
    private void hearPage(Page page, long start, long known) {
        assert loop.isCurrent();
        long next = Math.max(start + 1, page.oldest());
        if (page.last() < known
                || page.last() >= next
                        && (page.entries().isEmpty() || page.entries().get(0).seq() != next)) {
            throw LogFailure.unavailable(null);
        }
        newest = Math.max(newest, page.last());
        // The log has deleted entries that the relay lost. A live member notices the gap at the next entry.
        position = Math.max(position, next - 1);
        deliver(next(erasures.applyTo(page.entries())));
        deliver(ahead.take(position + 1));
    }

    private Void ended(Void done, Throwable failure) {
        assert loop.isCurrent();
        if (failure != null) {
            LOG.log(Level.DEBUG, "Room " + room + " can't read the entries that it missed; it tries again", failure);
            suspicious = true;
            loop.addAfter(RETRY_NANOS, this::queueRead);
        } else if (isBehind()) {
            queueRead();
        } else {
            reading = false;
        }
        return null;
    }
}

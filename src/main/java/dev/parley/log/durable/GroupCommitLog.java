package dev.parley.log.durable;

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
import dev.parley.log.StandingListener;
import dev.parley.log.StandingsChange;
import dev.parley.log.UnreadRoom;
import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Keep;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import dev.parley.message.Standings;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The durable log in a {@link Database}: one thread writes, two threads read, and one watches whether the disk answers
 * them. Thread-safe.
 *
 * <p>At most 20,000 drafts with 64 MiB of bodies wait to be written, and 10,000 reads wait to be answered; more are
 * rejected. While the disk is full or broken, drafts are rejected; the log works again when the disk does. If the disk
 * has not answered for two seconds, new drafts are rejected, and drafts that were queued before wait until it answers.
 * A read fails after five seconds.
 */
public final class GroupCommitLog implements MessageLog {
    private static final Logger LOG = System.getLogger(GroupCommitLog.class.getName());
    private static final int CLOSE_SECONDS = 5;

    private final Database database;
    private final WriteQueue queue = new WriteQueue();
    private final Readers readers;
    private final Writer writer;
    private final StallWatch watch;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private GroupCommitLog(Database database, ThreadFactory threads, Sweep sweep, StandingListener standings)
            throws SQLException {
        this.database = database;
        readers = new Readers(database, new DaemonThreads("parley-log-reader", threads));
        writer = new Writer(database, queue, sweep, standings, this::end);
        watch = new StallWatch(writer, readers, new DaemonThreads("parley-log-watch", threads));
        try {
            watch.start();
            new DaemonThreads("parley-log-writer", threads).newThread(writer).start();
        } catch (RuntimeException | Error e) {
            watch.close();
            readers.stop();
            readers.awaitEnd();
            throw e;
        }
    }

    /** Opens the log in a database, and keeps all entries for ever. Else as the other method. */
    public static GroupCommitLog open(Database database, ThreadFactory threads) {
        return open(database, threads, Retention.FOREVER, deleted -> {}, name -> {}, StandingListener.NONE);
    }

    /**
     * Opens the log in a database. May wait for the disk.
     *
     * @param database closed when the log has ended, or if it can't be opened
     * @param threads makes the log's four threads, all during this call; they become daemon threads
     * @param retention how long the entries of rooms are kept
     * @param deleted gets the number of entries, each time that some were deleted; called on the writer's thread, must not
     *     wait
     * @param names called with each name that was reserved before, on this thread, before this method returns
     * @param standings notified of each change of standings
     * @throws ParleyException with {@code unavailable} if the database can't be read
     */
    public static GroupCommitLog open(
            Database database,
            ThreadFactory threads,
            Retention retention,
            IntConsumer deleted,
            Consumer<UserName> names,
            StandingListener standings) {
        try {
            try (Reader reader = database.reader()) {
                reader.names(names);
            }
            return new GroupCommitLog(database, threads, new Sweep(retention, deleted), standings);
        } catch (SQLException e) {
            database.close();
            throw new ParleyException(
                    ErrorCode.UNAVAILABLE, "can't open the log " + database + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    @Override
    public String epoch() {
        return database.epoch();
    }

    @Override
    public void start(DraftListener drafts, EntryListener entries) {
        Objects.requireNonNull(drafts);
        Objects.requireNonNull(entries);
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the log was started before");
        }
        writer.start(drafts, entries);
    }

    @Override
    public void append(Draft draft) {
        refuseIfStalled();
        database.checkSpace(draft.body());
        queue.put(draft);
    }

    private void refuseIfStalled() {
        if (writer.isStalled()) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the disk does not answer; try again later");
        }
    }

    @Override
    public CompletionStage<Page> read(RoomName room, Range range) {
        Objects.requireNonNull(room);
        Objects.requireNonNull(range);
        return readers.read(reader -> reader.page(room, range));
    }

    @Override
    public CompletionStage<Boolean> isStored(RoomName room, User user, String id) {
        return readers.read(reader -> reader.isStored(room, user.key(), id));
    }

    @Override
    public CompletionStage<Page> readReferences(RoomName room, Range range) {
        Objects.requireNonNull(room);
        Objects.requireNonNull(range);
        return readers.read(reader -> reader.references(room, range));
    }

    @Override
    public CompletionStage<Optional<AttachmentPart>> readAttachment(RoomName room, long seq, long offset, int length) {
        Objects.requireNonNull(room);
        return readers.read(reader -> reader.attachment(room, seq, offset, length));
    }

    @Override
    public CompletionStage<Boolean> erase(RoomName room, long seq) {
        Objects.requireNonNull(room);
        return request(result -> new Erasure(room, seq, null, result));
    }

    @Override
    public CompletionStage<Boolean> erase(ModerationRequest request) {
        return request(result -> new Erasure(request.room(), request.seq(), request, result));
    }

    @Override
    public CompletionStage<StandingsChange> moderate(ModerationRequest request) {
        return request(result -> {
            refuseIfStalled();
            return new Moderation(request, result);
        });
    }

    @Override
    public CompletionStage<Void> keep(User by, RoomName room, Keep keep) {
        return request(result -> {
            refuseIfStalled();
            return new Keeping(by, room, keep, result);
        });
    }

    private <T> CompletionStage<T> request(Function<CompletableFuture<T>, Request> making) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            queue.put(making.apply(result));
        } catch (ParleyException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    @Override
    public CompletionStage<Set<RoomName>> roomsWithStandings(int limit) {
        return readers.read(reader -> reader.moderation().roomsWithStandings(limit));
    }

    @Override
    public CompletionStage<Standings> standings(RoomName room) {
        return readers.read(reader -> reader.moderation().standings(room));
    }

    @Override
    public CompletionStage<Optional<User>> author(RoomName room, long seq) {
        return readers.read(reader -> reader.moderation().author(room, seq));
    }

    @Override
    public CompletionStage<List<AuditEntry>> audit(long after, int limit) {
        return readers.read(reader -> reader.moderation().audit(after, limit));
    }

    @Override
    public CompletionStage<Void> addObserver(String observer, boolean fromStart) {
        return request(result -> new ObserverChange(to -> to.add(observer, fromStart), result));
    }

    @Override
    public CompletionStage<Void> advance(String observer, Map<RoomName, Long> positions) {
        Map<RoomName, Long> copy = Map.copyOf(positions);
        return request(result -> new ObserverChange(to -> to.advance(observer, copy), result));
    }

    @Override
    public CompletionStage<Long> position(String observer, RoomName room) {
        return readers.read(reader -> reader.observers().position(observer, room));
    }

    @Override
    public CompletionStage<RoomsBehind> behind(String observer, long place) {
        return readers.read(reader -> reader.observers().behind(observer, place));
    }

    @Override
    public CompletionStage<Long> eraseAll(ErasureScope scope) {
        Objects.requireNonNull(scope);
        return request(result -> new ScopeErasure(scope, result));
    }

    @Override
    public void mark(RoomName room, User user, long seq) {
        queue.put(new Mark(room, user.key(), seq));
    }

    @Override
    public void reserve(User user) {
        queue.reserve(user);
    }

    @Override
    public CompletionStage<Map<String, Long>> marks(RoomName room) {
        // The queue is read before the database, so that a mark that is being written is found in at least one of them.
        Map<String, Long> waiting = queue.marks(room);
        return readers.read(reader -> {
            Map<String, Long> marks = reader.marks(room);
            waiting.forEach((user, seq) -> marks.merge(user, seq, Math::max));
            return marks;
        });
    }

    @Override
    public CompletionStage<List<UnreadRoom>> unread(User user) {
        return readers.read(reader -> reader.unread(user.key()).stream()
                // A role has the number 0, and is of interest until there is any mark.
                .filter(room -> queue.marks(room.room()).getOrDefault(user.key(), -1L) < room.seq())
                .toList());
    }

    /**
     * {@inheritDoc} If a thread waits for the disk, the database stays open until that thread returns, even after this
     * method has returned.
     */
    @Override
    public void close() {
        queue.close();
        watch.close();
        readers.stop();
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (boolean waiting = true; waiting; ) {
            try {
                if (!ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.log(
                            Level.WARNING,
                            "the log is still writing after {0} seconds; it ends when it has finished",
                            CLOSE_SECONDS);
                }
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        try {
            readers.awaitEnd();
            database.close();
        } finally {
            ended.countDown();
        }
    }
}

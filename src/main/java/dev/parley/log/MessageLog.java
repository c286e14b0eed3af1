package dev.parley.log;

import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The ordered, durable log of every room. Thread-safe; no method waits for a disk.
 *
 * <p>Guarantees: the listeners hear of an entry only after it is durable (fsynced). The {@code seq} of a room's entries
 * is 1, 2, 3 … without a gap, in the order in which the {@link EntryListener} hears of them, for ever. The same id from
 * the same user in the same room makes one entry, for ever. A read that starts after a listener heard of an entry sees
 * that entry.
 */
public interface MessageLog extends AutoCloseable {

    /** The name of this log, made when the log was: positions in a log of another name mean nothing here. */
    String epoch();

    /**
     * Starts the log: from now on drafts are taken. Called once.
     *
     * @param drafts hears what becomes of each of them
     * @param entries hears of all new entries
     * @throws IllegalStateException when the log was started before
     */
    void start(DraftListener drafts, EntryListener entries);

    /**
     * Queues a draft; the {@link DraftListener} hears what becomes of it. Drafts of one sender, queued one after the other,
     * are stored in that order; those of different senders take turns, so that none waits for all that another one has to
     * store.
     *
     * @throws ParleyException with {@code unavailable} when as much waits as the queue may hold, in all or
     *     of this sender, while the
     *     disk doesn't answer, or after {@link #close}; nothing was queued then
     */
    void append(Draft draft);

    /**
     * Reads a page. It ends early, but not before its first entry, where it would pass 256 KiB of text and bytes.
     * Fails with a {@link ParleyException} ({@code unavailable}) when the log can't be read now, or when too many
     * reads wait; where the disk doesn't answer, after a bounded time.
     */
    CompletionStage<Page> read(RoomName room, Range range);

    /**
     * Notes that a user has read a room up to {@code seq}; a smaller one than before changes nothing. Written with the
     * next batch: a crash may lose the newest marks.
     */
    void mark(RoomName room, UserName user, long seq);

    /** How far each user of a room has read. Fails as {@link #read} does. */
    CompletionStage<Map<UserName, Long>> marks(RoomName room);

    /** Writes what is queued, then ends. Waits at most five seconds for it. */
    @Override
    void close();
}

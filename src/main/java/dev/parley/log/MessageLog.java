package dev.parley.log;

import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The ordered, durable log of every room. Thread-safe; no method waits for a disk.
 *
 * <p>Guarantees: the listeners are notified of an entry only after it is durable (fsynced). The {@code seq} of a room's
 * entries is 1, 2, 3 … without a gap, for ever, and the {@link EntryListener} is notified in this order. The same id of
 * the same user in the same room makes one entry as long as the entry is kept, and for seven days at least. A read that
 * starts after a listener was notified of an entry sees that entry, unless it is deleted.
 *
 * <p>The oldest entries of a room may be deleted, without a gap ({@link dev.parley.message.Retention}). Their numbers are
 * never used again.
 */
public interface MessageLog extends ModerationLog, ObserverLog, AutoCloseable {
    /** The most direct rooms in an answer of {@link #unread}, and the most other rooms. */
    int MOST_UNREAD = 100;

    /** The most direct rooms that {@link #unread} looks at, and the most other rooms. */
    int MOST_DIRECT = 1_000;

    /**
     * The name of this log, made together with the log. A position in a log with another name has no meaning in this
     * one.
     */
    String epoch();

    /**
     * Starts the log: from now on it accepts drafts. Called once.
     *
     * @param drafts notified of the result of each draft
     * @param entries notified of all new entries
     * @throws IllegalStateException if the log was started before
     */
    void start(DraftListener drafts, EntryListener entries);

    /**
     * Queues a draft; the {@link DraftListener} is notified of the result. Drafts that one sender queues one after the
     * other are stored in that order. Different senders take turns, so that no sender waits for all drafts of another
     * one.
     *
     * @throws ParleyException with {@code unavailable} if the queue is full, in all or for this sender; while the disk
     *     is nearly full or does not answer; before {@link #start} and after {@link #close}. Then the draft is not
     *     queued
     */
    void append(Draft draft);

    /**
     * Reads a page. The page ends early, but has at least one entry, where its bodies would be larger than 256 KiB.
     * Fails with a {@link ParleyException} ({@code unavailable}) if the log can't be read now or too many reads wait;
     * if the disk does not answer, it fails after a bounded time.
     */
    CompletionStage<Page> read(RoomName room, Range range);

    /**
     * Reads a page as {@link #read} does, with a {@link dev.parley.message.Body.Reference} in place of each attachment. So more
     * entries fit into it, and no bytes of attachments are read.
     */
    CompletionStage<Page> readReferences(RoomName room, Range range);

    /**
     * Reads a part of an attachment. Fails as {@link #read} does.
     *
     * @param offset the first byte, 0 or more
     * @param length the most bytes, 1 or more
     * @return completes with empty if there is no entry with this number, or it is a text. If its content was erased, or its bytes
     *     are not kept any more, the part has no bytes, and its entry says why
     */
    CompletionStage<Optional<AttachmentPart>> readAttachment(RoomName room, long seq, long offset, int length);

    /**
     * Whether a user has stored a message under this id in a room, and the log still knows the id. It does not know the ids of
     * a user who was erased. Fails as {@link #read} does.
     *
     * @param id the sender's id for the message
     */
    CompletionStage<Boolean> isStored(RoomName room, User user, String id);

    /**
     * Erases the content of an entry; its number, its id, its time and its sender's name stay. The {@link EntryListener} is
     * notified. It leaves the disk soon afterwards.
     *
     * @return completes when this is durable, on the log's writer thread: with true also if the content was erased before, with
     *     false if there is no such entry, because it was deleted or never added. Fails with a {@link ParleyException} ({@code unavailable})
     *     if the log can't be written now, is closed, or 1,000 erasures wait; then it can be repeated
     */
    CompletionStage<Boolean> erase(RoomName room, long seq);

    /**
     * Erases everything of a scope that is in the log now. The {@link EntryListener} is notified, and reads see it at once; it
     * leaves the disk in small steps, between those of the other work. After a crash or a restart this goes on.
     *
     * <p>Of a user: each of its entries stays with its number, its id and its time, with {@link
     * dev.parley.message.Entry#NOBODY} as the sender. Its reserved names stay reserved, and belong to nobody. For seven days,
     * a message that is sent again under the id of an erased entry is still a repeated one. What the user appends afterwards
     * is not erased.
     *
     * @return completes with the number of the entries when all of it is durable, on the log's writer thread. Fails with a {@link ParleyException} ({@code unavailable}) if
     *     the log can't be written now, is closed, or 1,000 erasures wait; then it can be repeated
     */
    CompletionStage<Long> eraseAll(ErasureScope scope);

    /**
     * Notes that a user has read a room up to {@code seq}; a smaller {@code seq} than before changes nothing. Marks are
     * written with the next batch, or after one second: a crash may lose the newest ones.
     */
    void mark(RoomName room, User user, long seq);

    /** How far each user of a room has read, by the keys of the users. Fails as {@link #read} does. */
    CompletionStage<Map<String, Long>> marks(RoomName room);

    /**
     * The direct rooms of a signed-in user in which others wrote entries above the user's read mark, the newest first, at most
     * {@value #MOST_UNREAD}. Only the {@value #MOST_DIRECT} direct rooms with the newest entries of others are looked at. A mark that is being written may be
     * missing. After them, the rooms in which others have given a role to the user, who is not banned there, and has no later
     * read mark there: with the same limits. Fails as {@link #read} does.
     */
    CompletionStage<List<UnreadRoom>> unread(User user);

    /**
     * Keeps the name of a user, which no guest gets any more. It is written as a mark is: a crash may lose the newest
     * names.
     */
    void reserve(User user);

    /** Writes all queued drafts, marks and names, then ends the log. Waits for this at most five seconds. */
    @Override
    void close();
}

package dev.parley;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Keep;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * One room, for the beans of an application: its messages, its members and its history. {@link RoomModeration} is about its users. See
 * {@link Parley} for threads and bounds. Thread-safe.
 */
public interface RoomHandle extends RoomModeration {
    RoomName name();

    /**
     * Sends a text to the room. Messages that are sent one after the other under one name are stored in this order.
     *
     * <p>Outside a transaction, the message is sent at once, and this method does not wait.
     *
     * <p>In a JTA transaction (of {@code @Transactional}, an EJB or a {@code UserTransaction}), the message leaves with the commit, and never
     * after a rollback:
     *
     * <ul>
     *   <li>The messages of a transaction are stored in the order of the calls, also under several names. A message that is sent outside
     *       a transaction may be stored before them, also if it is sent after the commit.
     *   <li>With the setting {@code parley.outbox.datasource}, this method inserts the message into the table {@code parley_outbox} of this
     *       database, and waits for that. The message is in the room, once, if and only if the transaction has committed, also after a
     *       crash. H2 in the same process does not keep the transactions that are under way when the process is killed: then the message
     *       and the other changes of such a transaction can be there without each other.
     *   <li>Without the setting, the message waits in memory, and is sent at most once. It is lost if the process crashes between the
     *       commit and the write of the log, or if the log can't be written then; in the second case its stage fails.
     *   <li>If the log refuses a message for a moment, as when the disk is full, messages behind it may be stored before it.
     *   <li>A transaction can send 5,000 messages.
     * </ul>
     *
     * <p>The stage completes after the commit: do not wait for it in the transaction. {@link Parley#now} ignores the transaction.
     *
     * @return completes with the entry when it is durable. It fails with {@link ErrorCode#UNAVAILABLE} if the text was not
     *     stored, for example because the transaction was rolled back. It also fails so if it is not known whether the text is or will be
     *     stored, because the application ends before, or the row is not in the table after the commit. {@link #send(String, Body)} can be
     *     repeated safely after both
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid text of a message (see {@link Body.Text}). With
     *     {@link ErrorCode#UNAVAILABLE} if the thread has a transaction that can't take the message: it will be rolled back, its
     *     database can't store the message, it has its limit of messages or bytes, or the application has 10,000 open stages. It is an
     *     exception and not a failed stage, so that the transaction does not commit without the message
     */
    default CompletionStage<Entry> send(String text) {
        return send(new Body.Text(text));
    }

    /**
     * Sends an object as data: in JSON, with the simple name of its class as the kind (see {@link Body.Data#of(Object)}). A {@link
     * Body} or a text is sent as {@link #send(Body)} or {@link #send(String)} does. Another kind, or an id, is possible with {@code
     * send(id, Body.Data.of(kind, value))}. Receivers read it with {@link Entry#data}.
     *
     * <p>JSON-B writes the object before this method returns, on the thread of the caller. Later changes of the object have no
     * effect.
     *
     * @throws ParleyException as {@link Body.Data#of(Object)} and {@link #send(Body)} do
     */
    default CompletionStage<Entry> send(Object value) {
        return send(Body.of(value));
    }

    /**
     * Sends a message as {@link #send(String)} does.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if it is a {@link Body.Reference}, which has no bytes; with {@link
     *     ErrorCode#TOO_LARGE} if it is larger than {@code parley.limit.text} or {@code
     *     parley.limit.binary}. These limits also hold for peers, and clients expect no larger message
     */
    CompletionStage<Entry> send(Body body);

    /**
     * Sends a message at most once. Under one id, one name stores one entry in a room, also after a restart. Another call
     * with the same id completes with the first entry. If entries are deleted (the setting {@code parley.keep}), the id is
     * known for seven days after the entry was stored at least: after the first entry was deleted, another call completes with
     * its number and its time, but with the body of that call.
     *
     * @param id 1 to 64 characters
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid id, or as {@link #send(Body)} does
     */
    CompletionStage<Entry> send(String id, Body body);

    /**
     * Sends a text or an object to the members who are in the room now, in this process: a position, a price, a cursor. It is not
     * stored, and no entry. It may be lost: a member that receives slowly does not get it, and of the signals of one name and kind
     * a newer one may replace an older one that waits. Does not wait, and does not tell whether anybody got it.
     *
     * @param value a string, or a {@link Body.Text} or {@link Body.Data}, or an object as for {@link #send(Object)}
     * @throws ParleyException with {@link ErrorCode#TOO_LARGE} if its text or its JSON has more than 8,192 bytes, or more than {@code
     *     parley.limit.text}; with {@link ErrorCode#BAD_REQUEST} if it is an attachment, or as {@link #send(Object)} does
     */
    void signal(Object value);

    /**
     * Erases the content of an entry: its text, or its file with media type and name. The number, the id, the time and the name
     * of the sender stay, so that nothing moves. The members who are in the room now are notified; whoever reads the entry
     * later gets it {@linkplain Entry#erased erased}. The content leaves the server's disk soon afterwards, but not the backups
     * that were made before. A message that is sent again under the id of the entry does not bring its content back.
     *
     * @param seq the number of the entry
     * @return completes when this is durable: with true also if the content was erased before, and with false if there is no
     *     such entry, because it was deleted or the number is not used yet. It fails with {@link ErrorCode#UNAVAILABLE} if the
     *     log can't be written now; then it can be repeated
     */
    CompletionStage<Boolean> erase(long seq);

    /** Erases the content of an entry as {@link #erase(long)}, with a reason for the audit log: at most 200 characters, or null. */
    CompletionStage<Boolean> erase(long seq, String reason);

    /**
     * Sets how long this room keeps its entries, in place of the setting {@code parley.keep}. What is past a bound is deleted soon
     * afterwards, and does not come back with another bound. The room need not have any entries. It is an entry of the
     * audit log.
     *
     * @param keep {@link Keep#FOREVER} keeps everything
     * @return completes when this is durable. It fails with {@link ErrorCode#FORBIDDEN} if 100,000 other rooms have such a bound: give
     *     {@code parley.keep} patterns for them; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now; then it can be repeated
     */
    CompletionStage<Void> keep(Keep keep);

    /**
     * Sets for how long this room keeps its entries, as {@link #keep(Keep)} does.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is less than a millisecond, or more than 36,500 days
     */
    default CompletionStage<Void> keep(Duration age) {
        return keep(Keep.of(age));
    }

    /** The setting {@code parley.keep} says again how long this room keeps its entries. Completes and fails as {@link #keep(Keep)} does. */
    CompletionStage<Void> keepDefault();

    /**
     * Erases the contents of all entries that the room has now, as {@link #erase(long)} does with one. The numbers, and the names of
     * the senders, stay. From the beginning, whoever reads the entries gets them {@linkplain Entry#erased erased}. The members
     * who are in the room are notified, of the newest 1,000 entries. The contents leave the server's disk in small steps, while
     * others send messages; after a restart the rest is erased.
     *
     * @return completes with the number of entries that had a content when all of it is durable. It fails with {@link
     *     ErrorCode#UNAVAILABLE} if the log can't be written now, or 1,000 such calls wait; then it can be repeated. It also
     *     fails so if the application ends before; then the rest is erased after the next start
     */
    CompletionStage<Long> eraseAll();

    /** The users in the room. Each user is listed once, even with several connections. Users of other processes are not listed. */
    CompletionStage<List<UserName>> members();

    /**
     * The same users, each with its kind and its id. Two users never have one id, but a user may have another name at each
     * visit.
     *
     * @return completes with a map in the order of the names, which does not change
     */
    CompletionStage<Map<UserName, CallerId>> callers();

    /**
     * Asks the {@link RoomPolicy} again for each member of this room in this process, and for each peer that waits to join.
     * Call this when earlier grants for the room may be out of date. Messages of a member wait for the new answer. A member
     * that may not read any more is put out of the room. Without a {@link RoomPolicy}, this does nothing.
     */
    void recheck();

    /**
     * The {@code seq} of the newest entry, even if it is deleted; 0 if the room never had an entry.
     *
     * <p>It connects the application's database with the room: if a transaction waits for the position before its first read of the
     * database, the entries above the position, together with what the transaction reads, leave nothing out. Entries just above it may
     * be about changes that the transaction has read already.
     */
    CompletionStage<Long> position();

    /**
     * The newest entries. A page has at most 256 KiB, except that it always has at least one entry.
     *
     * @param limit the most entries to return, 1 to {@value ClientMessage#MAX_LIMIT}
     * @return fails with {@link ErrorCode#UNAVAILABLE} if the log can't be read now
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the limit is out of its range
     */
    CompletionStage<History> newest(int limit);

    /**
     * The newest entries below {@code seq}, in a page like that of {@link #newest}.
     *
     * @param seq 0 or more
     */
    CompletionStage<History> before(long seq, int limit);

    /**
     * The oldest entries above {@code seq}, in a page like that of {@link #newest}.
     *
     * @param seq 0 or more
     */
    CompletionStage<History> after(long seq, int limit);
}

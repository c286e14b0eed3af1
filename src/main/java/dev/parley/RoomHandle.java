package dev.parley;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Keep;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One room, for the beans of an application; see {@link Parley} for threads and bounds. Thread-safe. */
public interface RoomHandle {
    RoomName name();

    /**
     * Sends a text to the room. Messages that are sent one after the other under one name are stored in this order.
     *
     * <p>Outside a transaction, this method does not wait. In a JTA transaction (of {@code @Transactional}, an EJB or a {@code UserTransaction}) the message leaves with the commit, in
     * the order of the calls, also under several names, and never after a rollback. What is sent outside a transaction meanwhile may be stored
     * first, also if it is sent after the commit. If the log refuses a message for a moment, as when the disk is full, messages behind it may
     * be stored before it. The stage completes after that: do not wait for it in the transaction. With
     * the setting {@code parley.outbox.datasource}, the message is in the room once if and only if the transaction has committed,
     * also after a crash: this method inserts it into the table {@code parley_outbox} of this database, and waits for that. Without the setting, the
     * message waits in memory, and is sent at most once: a crash between the commit and the write of the log loses it. It is also
     * lost if the log can't be written then; its stage fails. A
     * transaction can send 5,000 messages. {@link Parley#now} ignores the transaction.
     *
     * @return completes with the entry when it is durable. It fails with {@link ErrorCode#UNAVAILABLE} if the text was not
     *     stored, for example because the transaction was rolled back; or if it is not known whether the text is stored or will be:
     *     the application ends before, or the row is not in the table after the commit. {@link #send(String, Body)} can be repeated safely after both
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid text of a message (see {@link
     *     Body.Text}); with {@link ErrorCode#UNAVAILABLE} if the thread has a transaction that can't take the message: it will be
     *     rolled back, its database can't store the message, it has its limit of messages or bytes, or the application has 10,000 open
     *     stages. This is an exception and not a
     *     failed stage, so that the transaction does not commit without the message
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
     * Puts a user out of the room. The user gets {@code left} with the reason, and may join again. A join that has no answer yet
     * is rejected.
     *
     * <p>This, and each of the following methods, is an entry of the audit log under the name of the {@link Parley} object.
     *
     * @param reason for the user and the audit log, at most 200 characters; or null
     * @return completes when this is durable. It fails with {@link ErrorCode#NOT_FOUND} if there is no such user; with {@link
     *     ErrorCode#FORBIDDEN} if it is a name of the application; with {@link ErrorCode#UNAVAILABLE} if the log can't be
     *     written or read now; then it can be repeated
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the reason is too long
     */
    CompletionStage<Void> remove(Target whom, String reason);

    /**
     * Bans a user from the room: it has no permission there until the ban ends. It is put out of the room, and its joins and reads
     * that wait are rejected. A ban outlives a restart. A guest can come back as another guest, unless its address is banned.
     *
     * @param duration in whole seconds, at least one, at most ten years, with an address 30 days; null for ever, and 30 days for
     *     the address
     * @param address whether nobody may be in the room from the addresses of the user meanwhile, except callers with {@code MODERATE}.
     *     The user must be in the room. Of an IPv6 address the first 64 bits count
     * @param reason for the audit log, at most 200 characters; or null
     * @return completes when this is durable, and fails as {@link #remove} does. It also fails with {@link ErrorCode#FORBIDDEN}
     *     if the room has 10,000 bans, mutes and roles
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if an argument is out of its range, or this is a direct room: its
     *     users would still be invited to it. Mute the user in the room, or ban it from the server
     */
    CompletionStage<Void> ban(Target whom, Duration duration, boolean address, String reason);

    /**
     * Ends a ban from this room, and the bans of addresses that were made with it. A {@link Target#user} is the name at the time
     * of the ban.
     *
     * @return completes when this is durable, and fails as {@link #remove} does; with {@link ErrorCode#NOT_FOUND} if there is no
     *     such ban
     */
    CompletionStage<Void> unban(Target whom, String reason);

    /** Takes the permissions to say, to attach and to signal from a user. The parameters and the result are those of {@link #ban}. */
    CompletionStage<Void> mute(Target whom, Duration duration, boolean address, String reason);

    /** Ends a mute. The parameters and the result are those of {@link #unban}. */
    CompletionStage<Void> unmute(Target whom, String reason);

    /**
     * Sets the least time between two messages of one member, except owners and moderators. Members that are faster get {@link
     * ErrorCode#TOO_FAST}.
     *
     * @param pause in whole seconds, at most six hours; zero for none
     * @param reason for the audit log, at most 200 characters; or null
     * @return completes when this is durable, and fails as {@link #remove} does
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if an argument is out of its range
     */
    CompletionStage<Void> slow(Duration pause, String reason);

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
     * Makes the room: it has an owner from then on. Where {@code parley.access} is {@code members}, signed-in users may be in rooms
     * that somebody has made, and in no others. Owners and moderators have {@code MODERATE} with every policy; members, and whether a
     * room is closed, have an effect with {@code members} only. The room may have entries already. The owner is sent {@code invited} with
     * {@code members}, if it had no role.
     *
     * @param owner a signed-in user, who need not be connected
     * @param closed whether only users with a role may be in the room
     * @return completes when this is durable, also if the room was made so before. It fails with {@link ErrorCode#FORBIDDEN} if
     *     the room has another owner, if this is no signed-in user, or if it shall be closed and {@code parley.access} is not {@code
     *     members}; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now; then it can be repeated
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is a direct room, as the following methods
     */
    CompletionStage<Void> create(CallerId owner, boolean closed);

    /**
     * Makes a signed-in user a member, unless the user has a role already. The user is sent {@code invited} on all connections
     * that are not in the room, or when it comes next.
     *
     * @param whom by its {@linkplain Target#caller id}; by name only if it is in the room
     * @param reason for the audit log, at most 200 characters; or null
     * @return completes when this is durable. It fails with {@link ErrorCode#NOT_FOUND} if there is no such user; with {@link
     *     ErrorCode#FORBIDDEN} if this is no signed-in user, or one that is banned from the room, if 5,000 users have a role in the room,
     *     or if {@code parley.access} is not {@code members}; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now
     */
    CompletionStage<Void> invite(Target whom, String reason);

    /**
     * Takes the role from a user. If the room is closed, the user is put out of it with all connections, and gets {@code left} with the
     * reason. The result is that of {@link #invite}; it fails also with {@link ErrorCode#NOT_FOUND} if the user has no role, and with
     * {@link ErrorCode#FORBIDDEN} if it is the last owner.
     */
    CompletionStage<Void> dismiss(Target whom, String reason);

    /**
     * Gives a user another role, or the first one. The parameters and the result are those of {@link #invite}; it fails also with {@link
     * ErrorCode#FORBIDDEN} if the last owner would get another role. It works with every policy.
     */
    CompletionStage<Void> appoint(Target whom, Role role, String reason);

    /**
     * Closes the room: only users with a role may be in it. Others are put out, and get {@code left} with the reason.
     *
     * @param reason for them and the audit log, at most 200 characters; or null
     * @return completes when this is durable. It fails with {@link ErrorCode#FORBIDDEN} if {@code parley.access} is not {@code
     *     members}, or 100,000 rooms have settings; with {@link ErrorCode#UNAVAILABLE} if the log can't be written now
     */
    CompletionStage<Void> close(String reason);

    /** Opens the room again: all signed-in users may be in it. The parameter and the result are those of {@link #close}. */
    CompletionStage<Void> open(String reason);

    /**
     * The users with a role in this room, also those who are not in it.
     *
     * @return completes with at most 5,000 of them. It fails with {@link ErrorCode#UNAVAILABLE} if the log can't be read now
     */
    CompletionStage<Map<CallerId, Role>> roles();

    /**
     * Erases the contents of all entries that the room has now, as {@link #erase} does with one. The numbers, and the names of
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

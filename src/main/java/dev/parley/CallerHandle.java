package dev.parley;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One caller, by its id, for the beans of an application; see {@link Parley} for threads and bounds. Thread-safe.
 *
 * <p>The id stays the same, in contrast to the name. Of a signed-in user, it is the name of the container's principal, or the claim
 * {@code sub} of the token. A caller need not be connected, and need not have been here before.
 *
 * <p>A signed-in user has an inbox: a room in which only the application sends, and only this user reads. What is sent there reaches
 * each device of the user that has {@linkplain dev.parley.client.ChatClient#inbox asked for its inbox}: at once if the device is
 * connected, and otherwise when it comes back. It is kept as long as direct rooms are (the setting {@code parley.keep}). No {@link
 * RoomPolicy} is asked about inboxes.
 */
public interface CallerHandle {
    CallerId id();

    /**
     * Sends a text to the inbox of this signed-in user, as {@link RoomHandle#send(String)} does.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is no signed-in user, or as {@link RoomHandle#send(String)}
     *     does
     */
    default CompletionStage<Entry> send(String text) {
        return inbox().send(text);
    }

    /**
     * Sends an object as data to the inbox of this signed-in user, as {@link RoomHandle#send(Object)} does.
     *
     * @throws ParleyException as {@link #send(String)} and {@link RoomHandle#send(Object)} do
     */
    default CompletionStage<Entry> send(Object value) {
        return inbox().send(value);
    }

    /**
     * Sends a message to the inbox of this signed-in user, as {@link RoomHandle#send(Body)} does.
     *
     * @throws ParleyException as {@link #send(String)} and {@link RoomHandle#send(Body)} do
     */
    default CompletionStage<Entry> send(Body body) {
        return inbox().send(body);
    }

    /**
     * Sends a message at most once to the inbox of this signed-in user, as {@link RoomHandle#send(String, Body)} does.
     *
     * @throws ParleyException as {@link #send(String)} and {@link RoomHandle#send(String, Body)} do
     */
    default CompletionStage<Entry> send(String id, Body body) {
        return inbox().send(id, body);
    }

    /**
     * Sends a text or an object to the devices of this signed-in user that are connected to this process and have asked for the
     * inbox, as {@link RoomHandle#signal} does. It is not stored, and may be lost.
     *
     * @throws ParleyException as {@link #send(String)} and {@link RoomHandle#signal} do
     */
    default void signal(Object value) {
        inbox().signal(value);
    }

    /**
     * The inbox of this signed-in user, with its history and its position. The user can't be banned from it, and nobody has a role
     * there.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is no signed-in user
     */
    RoomHandle inbox();

    /** A snapshot of the caller's open connections to this process, without connections that are closing. */
    List<ConnectionInfo> connections();

    /**
     * Closes the caller's connections to this process, as {@link UserHandle#disconnect} does.
     *
     * @param why a reason that the user can read, at most 123 bytes of UTF-8 (RFC 6455 section 5.5)
     * @return how many connections this call closed, without connections that were closing already
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if {@code why} is longer
     */
    int disconnect(String why);

    /**
     * Erases everything that the log has of this caller: the contents of its entries, its name and its id in them, its read
     * marks, and the contents of its inbox. Each entry stays with its number, its id and its time, so that nothing moves. Its sender is
     * {@link Entry#NOBODY} then; the entries of the inbox keep the application as their sender. The names of the caller stay reserved: no
     * guest gets them, so that nobody passes for this caller.
     *
     * <p>The names of its direct rooms and of its inbox stay, with its id, because these rooms have entries of others. Its bans, mutes and
     * roles stay, and so do the entries of the audit log. Otherwise a caller could end a ban by asking to be erased.
     *
     * <p>From the beginning, whoever reads the entries gets them {@linkplain Entry#erased erased}. The members of rooms are
     * notified, of the newest 1,000 entries of each room. The content leaves the server's disk in small steps, while others send
     * messages, and not the backups that were made before. After a restart the rest is erased. A message that is sent again under
     * the id of such an entry is not stored again, for seven days at least.
     *
     * <p>This neither disconnects the caller nor keeps it out: what it sends afterwards is stored as before. So disconnect its
     * connections first.
     *
     * @return completes with the number of entries when all of this is durable; 0 if the log has nothing of this caller. That
     *     takes about a second for a million entries of the log. It fails with {@link ErrorCode#UNAVAILABLE} if the log can't be written
     *     now, or 1,000 users and rooms wait to be erased (a user with an inbox counts as two); then it can be repeated. It also fails so
     *     if the application ends before; then the rest is erased after the next start
     */
    CompletionStage<Long> erase();
}

package dev.parley;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One room, for the beans of an application; see {@link Parley} for threads and bounds. Thread-safe. */
public interface RoomHandle {
    RoomName name();

    /**
     * Sends a text to the room. Messages that are sent one after the other under one name are stored in this order.
     *
     * @return completes with the entry when it is durable. It fails with {@link ErrorCode#UNAVAILABLE} if the text was not
     *     stored, or if the application ends before it is known whether the text was stored. {@link #send(String, Body)} can
     *     be repeated safely after both
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if this is not a valid text of a message (see {@link
     *     Body.Text})
     */
    default CompletionStage<Entry> send(String text) {
        return send(new Body.Text(text));
    }

    /**
     * Sends a message as {@link #send(String)} does.
     *
     * @throws ParleyException with {@link ErrorCode#TOO_LARGE} if it is larger than {@code parley.limit.text} or {@code
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

    /** The {@code seq} of the newest entry, even if it is deleted; 0 if the room never had an entry. */
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

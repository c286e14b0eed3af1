package dev.parley;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One room, for the beans of an application; see {@link Parley} for threads and bounds. Thread-safe. */
public interface RoomHandle {
    RoomName name();

    /**
     * Sends a text to the room. Messages of one name that are sent one after the other are stored in this order.
     *
     * @return ends with the entry when it is durable; fails with {@link ErrorCode#UNAVAILABLE} where nothing was stored
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where this is no text for a message (see {@link
     *     Body.Text})
     */
    default CompletionStage<Entry> send(String text) {
        return send(new Body.Text(text));
    }

    /**
     * Sends a message as {@link #send(String)} does.
     *
     * @throws ParleyException with {@link ErrorCode#TOO_LARGE} where it is larger than {@code parley.limit.text} or {@code
     *     parley.limit.binary} allows a peer: clients are made for that
     */
    CompletionStage<Entry> send(Body body);

    /**
     * Sends a message once, however often this is called with the same id: the id of one name makes one entry in one
     * room, for ever, also after a restart. Another call with the same id ends with the first entry.
     *
     * @param id 1 to 64 characters
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where this is no id, or as {@link #send(Body)}
     */
    CompletionStage<Entry> send(String id, Body body);

    /** The users that are in the room, with however many connections to this process. */
    CompletionStage<List<UserName>> members();

    /**
     * What the {@link RoomPolicy} granted for this room may hold no more: it is asked again for everybody who is in the room, or
     * waits to be, in this process. Whoever may not read any more is out of the room soon after; until the answer is there, what
     * members say waits for it. Costs nothing where no bean decides.
     */
    void recheck();

    /** The {@code seq} of the newest entry; 0 where there is none. */
    CompletionStage<Long> position();

    /**
     * The newest entries. A page ends early where it would pass 256 KiB, but not before its first entry.
     *
     * @param limit how many at most, from 1 to {@value ClientMessage#MAX_LIMIT}
     * @return fails with {@link ErrorCode#UNAVAILABLE} where the log can't be read now
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where the limit is out of its range
     */
    CompletionStage<History> newest(int limit);

    /**
     * The newest entries below {@code seq}, as {@link #newest} gives them.
     *
     * @param seq 0 or more
     */
    CompletionStage<History> before(long seq, int limit);

    /**
     * The oldest entries above {@code seq}, as {@link #newest} gives them.
     *
     * @param seq 0 or more
     */
    CompletionStage<History> after(long seq, int limit);
}

package dev.parley.message;

import java.time.Instant;
import java.util.Objects;

/**
 * One entry of a room's log. It is durable, and it never changes, except that its content can be erased, and with it the name of
 * its sender.
 *
 * @param seq the number of the entry in its room: 1, 2, 3 … without gaps
 * @param id the id that the sender chose for its message; or null
 * @param from the name that the sender had at that time
 * @param caller the kind and the id of the sender. A client does not learn the id of a guest
 * @param at when the entry was stored, in whole milliseconds
 * @param erased whether the content was erased. Then the body is the text "erased", which clients that do not know this show
 */
public record Entry(
        RoomName room, long seq, String id, UserName from, CallerId caller, Instant at, Body body, boolean erased)
        implements ServerMessage {
    /** The name in place of the sender's, if all that the log had of the sender was erased. Nobody can choose it. */
    public static final UserName NOBODY = new UserName("-");

    private static final Body ERASED = new Body.Text("erased");
    private static final Body EXPIRED = new Body.Text("expired");

    /** An entry with its content. */
    public Entry(RoomName room, long seq, String id, UserName from, CallerId caller, Instant at, Body body) {
        this(room, seq, id, from, caller, at, body, false);
    }

    /** An entry whose content was erased. */
    public static Entry erased(RoomName room, long seq, String id, UserName from, CallerId caller, Instant at) {
        return new Entry(room, seq, id, from, caller, at, ERASED, true);
    }

    /** This entry without its content. */
    public Entry withoutContent() {
        return erased(room, seq, id, from, caller, at);
    }

    /** This entry with a {@link Body.Reference} if it has an attachment. */
    public Entry withReference() {
        return body instanceof Body.Attachment attachment
                ? new Entry(room, seq, id, from, caller, at, attachment.reference(), erased)
                : this;
    }

    /** This entry with a text in place of an attachment whose bytes are not kept any more, for clients that know no references. */
    public Entry withoutReference() {
        return body instanceof Body.Reference ? new Entry(room, seq, id, from, caller, at, EXPIRED, erased) : this;
    }

    @Override
    public boolean hasBytes() {
        return body.kind().isBinary();
    }

    /** This entry without its content and without its sender. */
    public Entry withoutSender() {
        return erased(room, seq, id, NOBODY, CallerId.GUEST, at);
    }

    public Entry {
        Objects.requireNonNull(room);
        Objects.requireNonNull(from);
        Objects.requireNonNull(caller);
        Objects.requireNonNull(at);
        Objects.requireNonNull(body);
        if (seq < 1) {
            throw ParleyException.badRequest("seq must be 1 or more");
        }
    }
}

package dev.parley.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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

    /**
     * The object whose JSON this entry has, read with JSON-B. So an observer can look for the types that it knows:
     *
     * <pre>{@code
     * entry.data(Shipped.class).ifPresent(shipped -> …);
     * }</pre>
     *
     * @param type a class or record whose simple name is the kind of the data; or a sealed type that permits such a one. {@link
     *     Body.Data#as} reads data of any kind
     * @return empty if this entry has no data, or data of another kind
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if JSON-B is missing, or can't read the data as this type: peers
     *     can send data of any kind
     */
    public <T> Optional<T> data(Class<T> type) {
        return body instanceof Body.Data data
                ? JsonBinding.typeOf(type, data.kind()).map(exact -> JsonBinding.read(data.kind(), data.json(), exact))
                : Optional.empty();
    }

    @Override
    public boolean hasBytes() {
        return body.form().isBinary();
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

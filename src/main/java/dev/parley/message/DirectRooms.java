package dev.parley.message;

import dev.parley.message.Caller.Kind;
import java.util.List;

/** Direct rooms, and their names for each of their two users. Pure functions. */
public final class DirectRooms {
    private DirectRooms() {}

    /** Whether this is a direct room of this caller, or its inbox. */
    public static boolean isOf(CallerId caller, RoomName room) {
        return caller.kind() == Kind.USER && room.ids().contains(caller.id());
    }

    /**
     * The room for which a caller uses this name: for {@code @bob}, its direct room with bob; for {@link RoomName#INBOX}, its inbox.
     * Every other name stands for itself.
     *
     * @throws ParleyException with {@link ErrorCode#FORBIDDEN} if a guest or the application uses the name of a direct room, with
     *     {@link ErrorCode#BAD_REQUEST} for the caller's own id
     */
    public static RoomName usedBy(CallerId caller, RoomName name) {
        if (!name.isView()) {
            return name;
        }
        if (caller.kind() != Kind.USER) {
            throw new ParleyException(
                    ErrorCode.FORBIDDEN,
                    "only signed-in users have direct rooms and an inbox: you are a guest, so sign in first");
        }
        if (name.equals(RoomName.INBOX)) {
            return RoomName.inbox(caller.id());
        }
        String other = name.value().substring(1);
        if (other.equals(caller.id())) {
            throw ParleyException.badRequest("a direct room is for two users, and this is your own id");
        }
        return RoomName.direct(caller.id(), other);
    }

    /**
     * The name by which one of its users knows a direct room. Every other room has the same name for all.
     *
     * @throws IllegalArgumentException if this is a direct room of others
     */
    public static RoomName shownTo(CallerId caller, RoomName room) {
        if (!room.isDirect()) {
            return room;
        }
        if (!isOf(caller, room)) {
            throw new IllegalArgumentException("a direct room of others");
        }
        if (room.isInbox()) {
            return RoomName.INBOX;
        }
        List<String> ids = room.ids();
        return RoomName.with(ids.get(ids.get(0).equals(caller.id()) ? 1 : 0));
    }

    /**
     * A sentence about a room, with the name that one of its users knows.
     *
     * @throws IllegalArgumentException if this is a direct room of others
     */
    public static String shownTo(CallerId caller, RoomName room, String sentence) {
        return room.isDirect()
                ? sentence.replace(room.toString(), shownTo(caller, room).toString())
                : sentence;
    }

    /**
     * Checks that a room may have a message of this sender. The application may send to every room, and a guest to every room that is
     * not direct.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if a user would be the sender in an inbox, or in a direct room of others
     */
    public static void checkSender(CallerId sender, RoomName room) {
        if (room.isDirect() && sender.kind() != Kind.APPLICATION && (room.isInbox() || !isOf(sender, room))) {
            throw ParleyException.badRequest(
                    room.isInbox()
                            ? "only the application sends to an inbox, and no user"
                            : "only its two users, and the application, send to a direct room");
        }
    }

    /**
     * Checks that an attachment fits into a frame of a direct room. The name of a direct room is longer than other names: with
     * escapes in the media type too, the header of a frame would be too long.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if it does not fit
     */
    public static void checkHeader(RoomName room, Body body) {
        boolean hasEscapes = body.match(
                null,
                (none, text) -> false,
                (none, data) -> false,
                (none, attachment) -> attachment.media().chars().anyMatch(Character::isISOControl),
                (none, reference) -> false);
        if (hasEscapes && room.isDirect()) {
            throw ParleyException.badRequest("media must not contain control characters in a direct room");
        }
    }
}

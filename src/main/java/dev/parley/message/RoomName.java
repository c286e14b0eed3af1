package dev.parley.message;

import java.util.List;

/**
 * The name of a room. It has one of five forms; for any other text the constructor throws a {@link ParleyException} with {@link
 * ErrorCode#BAD_REQUEST}. Upper and lower case differ. Immutable.
 *
 * <pre>
 *   garden     a room: 1 to 64 letters with their marks, in NFC, digits, '.', '_' or '-'
 *   {@literal @}bob       sent by a client: the direct room of the client's user and the user with the id bob
 *   {@literal @}ann{@literal ␟}bob   a direct room, as the server and the beans of the application name it
 *   {@literal @}          sent by a client: the inbox of the client's user
 *   {@literal @␟}ann      the inbox of ann, as the server and the beans of the application name it
 * </pre>
 *
 * <p>A direct room is for exactly two signed-in users. Its name has both ids, in their order, and between them U+001F, which no id
 * contains ({@link CallerId}). So two pairs of ids never have one name.
 *
 * <p>An inbox is the direct room of one signed-in user and the application: in it, the application sends, and the user reads. No
 * user has the id "", which stands for the application there.
 */
public record RoomName(String value) {
    /** The room for plain lines of a client that has joined no room. */
    public static final RoomName LOBBY = new RoomName("lobby");

    /** The inbox of a client's user, as the client names it. */
    public static final RoomName INBOX = new RoomName("@");

    private static final char DIRECT = '@';
    private static final char BETWEEN = '\u001F';

    public RoomName {
        value = isDirectForm(value) ? checkDirect(value) : Names.check("a room's name", value);
    }

    /**
     * The direct room of two users. The order of the ids does not matter.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the ids are equal, or one is not valid
     */
    public static RoomName direct(String id, String other) {
        if (id.isEmpty() || other.isEmpty()) {
            throw badId();
        }
        boolean isOrdered = id.compareTo(other) < 0;
        return new RoomName(DIRECT + (isOrdered ? id : other) + BETWEEN + (isOrdered ? other : id));
    }

    /**
     * The inbox of a signed-in user.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the id is not valid
     */
    public static RoomName inbox(String id) {
        return new RoomName(String.valueOf(DIRECT) + BETWEEN + id);
    }

    /**
     * The name by which a client knows its direct room with a user.
     *
     * @param id of the other user
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the id is not valid
     */
    public static RoomName with(String id) {
        if (id.isEmpty() || id.indexOf(BETWEEN) >= 0) {
            throw badId();
        }
        return new RoomName(DIRECT + id);
    }

    /**
     * A name that a peer has sent. Peers never name a direct room by both ids, nor the inbox of another user.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for any other text
     */
    public static RoomName ofPeer(String text) {
        boolean isOfOther = isDirectForm(text) && text.length() > 1;
        return isOfOther ? with(text.substring(1)) : new RoomName(text);
    }

    private static boolean isDirectForm(String text) {
        return !text.isEmpty() && text.charAt(0) == DIRECT;
    }

    private static String checkDirect(String text) {
        int between = text.indexOf(BETWEEN);
        String first = text.substring(1, between < 0 ? text.length() : between);
        // The empty id stands for the application.
        if (!first.isEmpty() && !UserId.isValid(first)) {
            throw badId();
        }
        if (between >= 0) {
            String second = text.substring(between + 1);
            if (first.isEmpty() && !UserId.isValid(second)) {
                throw badId();
            }
            if (!UserId.isValid(second) || first.compareTo(second) >= 0) {
                throw ParleyException.badRequest(
                        "a direct room is named by the ids of two different users, in their order");
            }
        }
        return text;
    }

    private static ParleyException badId() {
        return ParleyException.badRequest("the id of a user behind '@' " + CallerId.RULES);
    }

    /** Whether this is a direct room, named by both ids. An inbox is one. */
    public boolean isDirect() {
        return value.charAt(0) == DIRECT && value.indexOf(BETWEEN) >= 0;
    }

    /** Whether this is the inbox of a user, named by its id. */
    public boolean isInbox() {
        return isDirect() && value.charAt(1) == BETWEEN;
    }

    /** Whether only one of its users knows the room by this name: {@code @bob}, or {@link #INBOX}. */
    public boolean isView() {
        return value.charAt(0) == DIRECT && value.indexOf(BETWEEN) < 0;
    }

    /** The ids of the two users of a direct room, in their order; the id of the one user of an inbox; empty for every other room. */
    public List<String> ids() {
        if (isInbox()) {
            return List.of(value.substring(2));
        }
        return isDirect() ? List.of(value.substring(1).split(String.valueOf(BETWEEN), 2)) : List.of();
    }

    /**
     * Checks that a new room may have this name, by the rules of {@link UserName#chosen}. A room with entries keeps its name.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if a new room may not have this name
     */
    public void checkNew() {
        if (!isDirectForm(value)) {
            Names.checkChosen("a new room's name", value);
        }
    }

    /** For people: the name of a direct room has a space between its ids, so it can't be read back. */
    @Override
    public String toString() {
        return value.replace(BETWEEN, ' ');
    }
}

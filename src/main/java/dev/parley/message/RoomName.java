package dev.parley.message;

import java.util.List;

/**
 * The name of a room. It has one of three forms; for any other text the constructor throws a {@link ParleyException} with {@link
 * ErrorCode#BAD_REQUEST}. Upper and lower case differ. Immutable.
 *
 * <pre>
 *   garden     a room: 1 to 64 letters with their marks, in NFC, digits, '.', '_' or '-'
 *   {@literal @}bob       sent by a client: the direct room of the client's user and the user with the id bob
 *   {@literal @}ann{@literal ␟}bob   a direct room, as the server and the beans of the application name it
 * </pre>
 *
 * <p>A direct room is for exactly two signed-in users. Its name has both ids, in their order, and between them U+001F, which no id
 * contains ({@link CallerId}). So two pairs of ids never have one name.
 */
public record RoomName(String value) {
    /** The room for plain lines of a client that has joined no room. */
    public static final RoomName LOBBY = new RoomName("lobby");

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
        boolean isOrdered = id.compareTo(other) < 0;
        return new RoomName(DIRECT + (isOrdered ? id : other) + BETWEEN + (isOrdered ? other : id));
    }

    /**
     * The name by which a client knows its direct room with a user.
     *
     * @param id of the other user
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the id is not valid
     */
    public static RoomName with(String id) {
        if (id.indexOf(BETWEEN) >= 0) {
            throw badId();
        }
        return new RoomName(DIRECT + id);
    }

    /**
     * A name that a peer has sent. Peers never name a direct room by both ids.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for any other text
     */
    public static RoomName ofPeer(String text) {
        return isDirectForm(text) ? with(text.substring(1)) : new RoomName(text);
    }

    private static boolean isDirectForm(String text) {
        return !text.isEmpty() && text.charAt(0) == DIRECT;
    }

    private static String checkDirect(String text) {
        int between = text.indexOf(BETWEEN);
        String first = text.substring(1, between < 0 ? text.length() : between);
        if (!UserId.isValid(first)) {
            throw badId();
        }
        if (between >= 0) {
            String second = text.substring(between + 1);
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

    /** Whether this is a direct room, named by both ids. */
    public boolean isDirect() {
        return value.charAt(0) == DIRECT && value.indexOf(BETWEEN) >= 0;
    }

    /** Whether only one of its users knows the room by this name: {@code @bob}. */
    public boolean isView() {
        return value.charAt(0) == DIRECT && value.indexOf(BETWEEN) < 0;
    }

    /** The ids of the two users of a direct room, in their order; empty for every other room. */
    public List<String> ids() {
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

package dev.parley.message;

/**
 * The name of a room: 1 to 64 letters with their marks, in NFC, digits, {@code .}, {@code _} or {@code -}. Upper and lower
 * case differ. For any other text the constructor throws a {@link ParleyException} with {@link ErrorCode#BAD_REQUEST}.
 */
public record RoomName(String value) {
    /** The room for plain lines of a client that has joined no room. */
    public static final RoomName LOBBY = new RoomName("lobby");

    public RoomName {
        value = Names.check("a room's name", value);
    }

    /**
     * Checks that a new room may have this name, by the rules of {@link UserName#chosen}. A room with entries keeps its name.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if a new room may not have this name
     */
    public void checkNew() {
        Names.checkChosen("a new room's name", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

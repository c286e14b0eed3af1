package dev.parley.room;

/** The result of a message to a room. */
public enum SayResult {
    /** It is the first entry of the room, which this message has made. */
    MADE_ROOM,
    /** It is a later entry. */
    ADDED,
    /** The same user stored it before under the same id, so that it adds nothing. */
    REPEATED,
    /** It is not stored. */
    REFUSED,
    /** It is unknown whether it is stored. */
    UNKNOWN
}

package dev.parley.message;

import java.util.Locale;

/** What someone may do in a room. */
public enum Permission {
    /** Be in the room, hear what is said there, and read its history. Without it the others mean nothing. */
    READ,
    /** Say texts there, and let the others see that one is typing. */
    SAY,
    /** Say bytes there, such as files. */
    ATTACH;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The permission as it stands on the wire. */
    public String wire() {
        return wire;
    }
}

package dev.parley.message;

import java.util.Locale;

/** A permission of a caller in a room. */
public enum Permission {
    /** Join the room, receive its entries, and read its history. The other permissions require this one. */
    READ,
    /** Send texts to the room, and send {@code typing}. */
    SAY,
    /** Send attachments to the room, such as files. */
    ATTACH;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The permission in the JSON of the protocol. */
    public String wire() {
        return wire;
    }
}

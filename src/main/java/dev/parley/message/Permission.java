package dev.parley.message;

import java.util.Locale;

/** A permission of a caller in a room. */
public enum Permission {
    /** Join the room, receive its entries, and read its history. The other permissions require this one. */
    READ,
    /** Send texts and data to the room. It includes {@link #SIGNAL}. */
    SAY,
    /** Send attachments to the room, such as files. */
    ATTACH,
    /** Send {@code typing} and {@code signal}: what is not stored. */
    SIGNAL,
    /** Put other members out of the room, ban or mute them, erase their messages, and set the pace of the room. */
    MODERATE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The permission in the JSON of the protocol. */
    public String wire() {
        return wire;
    }
}

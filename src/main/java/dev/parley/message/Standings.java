package dev.parley.message;

import java.util.Map;

/**
 * The standings in one room, or in the whole server, and the settings of the room. Immutable.
 *
 * @param byKey by the key of a caller ({@link CallerId#key}), or of an address ({@link #addressKey}). At most {@value #MOST}
 * @param slow the seconds between two messages of one member; 0 for none
 * @param closed whether only its members may be in the room, if the server has rooms with members
 */
public record Standings(Map<String, Standing> byKey, int slow, boolean closed) {
    /** How many standings a room may have. */
    public static final int MOST = 10_000;
    /** How many users may have a role in a room. There is always space for bans and mutes. */
    public static final int MOST_ROLES = 5_000;
    /** How many rooms one user may make, also if others own them later. */
    public static final int MOST_MADE = 1_000;
    /** The most seconds between two messages of one member: six hours. */
    public static final int MOST_SLOW = 21_600;
    /** The most seconds that a ban or a mute of an address lasts, thirty days: other people may get the address later. */
    public static final long MOST_OF_ADDRESS = 30 * 86_400;
    /** Of a room that nothing is stored about. */
    public static final Standings NONE = new Standings(Map.of(), 0, false);

    private static final String ADDRESS = "address:";

    public Standings {
        byKey = Map.copyOf(byKey);
    }

    /** The key of a network address. No caller has such a key. */
    public static String addressKey(String network) {
        return ADDRESS + network;
    }
}

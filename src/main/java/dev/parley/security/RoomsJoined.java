package dev.parley.security;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many rooms each user, and all users of one address together, are in at one time: a room counts once for each connection that
 * is in it. Thread-safe. It keeps nothing of a user or an address without a room, so the connections bound it.
 */
public final class RoomsJoined {
    private final int ofUser;
    private final int ofAddress;
    private final Map<String, Integer> users = new ConcurrentHashMap<>();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();

    /**
     * @param ofUser the most rooms of one user
     * @param ofAddress the most rooms of all users of one address
     */
    public RoomsJoined(int ofUser, int ofAddress) {
        this.ofUser = ofUser;
        this.ofAddress = ofAddress;
    }

    /**
     * Counts a room that a connection joins. Each call needs one of {@link #leave}, unless it throws.
     *
     * @param user the key of the user
     * @param network of its address; empty if it is not known, then only the user counts
     * @param times how many times the usual number this user may be in, 1 or more
     * @throws ParleyException with {@code forbidden} if there would be too many
     */
    public void join(String user, String network, int times) {
        add(users, user, (long) times * ofUser, "with all your connections");
        try {
            if (!network.isEmpty()) {
                add(addresses, network, (long) times * ofAddress, "for all users of your address together");
            }
        } catch (ParleyException e) {
            remove(users, user);
            throw e;
        }
    }

    private static void add(Map<String, Integer> counts, String key, long most, String whose) {
        counts.compute(key, (same, before) -> {
            int count = before == null ? 0 : before;
            if (count >= most) {
                throw new ParleyException(
                        ErrorCode.FORBIDDEN, "at most " + most + " rooms at a time " + whose + ": leave one first");
            }
            return count + 1;
        });
    }

    /** The connection is not in the room any more. */
    public void leave(String user, String network) {
        remove(users, user);
        if (!network.isEmpty()) {
            remove(addresses, network);
        }
    }

    private static void remove(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** How many users and addresses are kept. */
    int size() {
        return users.size() + addresses.size();
    }
}

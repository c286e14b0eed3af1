package dev.parley.security;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.util.HashMap;
import java.util.Map;

/**
 * How many rooms each user, and all users of one address together, are in at one time: a room counts once for each connection that
 * is in it. Thread-safe; no method waits. It keeps nothing of a user or an address without a room, so the connections bound it.
 *
 * <p>For the address, only the usual number of each user counts. So a user that may be in more rooms takes nothing from its neighbours.
 */
public final class RoomsJoined {
    private final int ofUser;
    private final int ofAddress;
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> addresses = new HashMap<>();
    /** By user and address. */
    private final Map<String, Integer> usersAtAddresses = new HashMap<>();

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
     * @throws ParleyException with {@code tooFast} if there would be too many: other connections, perhaps of other users, have them,
     *     and may give them back at any time
     */
    public synchronized void join(String user, String network, int times) {
        require(users, user, (long) times * ofUser, "with all your connections");
        if (!network.isEmpty()) {
            require(addresses, network, (long) times * ofAddress, "for all users of your address together");
            if (usersAtAddresses.merge(at(user, network), 1, Integer::sum) <= ofUser) {
                addresses.merge(network, 1, Integer::sum);
            }
        }
        users.merge(user, 1, Integer::sum);
    }

    private static String at(String user, String network) {
        return user + "\n" + network;
    }

    private static void require(Map<String, Integer> counts, String key, long most, String whose) {
        if (counts.getOrDefault(key, 0) >= most) {
            throw new ParleyException(
                    ErrorCode.TOO_FAST,
                    "at most " + most + " rooms at a time " + whose + ": leave one, or try again later");
        }
    }

    /** The connection is not in the room any more. */
    public synchronized void leave(String user, String network) {
        subtract(users, user);
        if (!network.isEmpty() && subtract(usersAtAddresses, at(user, network)) < ofUser) {
            subtract(addresses, network);
        }
    }

    /** Returns how many are left. */
    private static int subtract(Map<String, Integer> counts, String key) {
        Integer left = counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        return left == null ? 0 : left;
    }

    /** How many users and addresses are kept, and users at addresses. */
    synchronized int size() {
        return users.size() + addresses.size() + usersAtAddresses.size();
    }
}

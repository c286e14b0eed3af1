package dev.parley.message;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The claim of a token about rooms: the permissions of its bearer, by pattern. Immutable.
 *
 * @param grants by pattern, at most {@value #MOST}
 */
public record TokenRooms(Map<RoomPattern, Grant> grants) {
    /** How many patterns there may be. */
    public static final int MOST = 100;

    /** @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where there are too many patterns */
    public TokenRooms {
        if (grants.size() > MOST) {
            throw ParleyException.badRequest("there may be " + MOST + " patterns for rooms, but not more");
        }
        grants = Map.copyOf(grants);
    }

    /** The permissions of the bearer in a room: those of all patterns that match it together, and their largest quota. */
    public Grant grant(RoomName room) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        int quota = 1;
        for (Map.Entry<RoomPattern, Grant> one : grants.entrySet()) {
            if (one.getKey().matches(room)) {
                permissions.addAll(one.getValue().permissions());
                quota = Math.max(quota, one.getValue().quota());
            }
        }
        return Grant.of(permissions).withQuota(quota);
    }

    /** How many times the usual quotas the bearer has in direct rooms: as many as the pattern {@code *} gives. */
    public int quotaInDirectRooms() {
        Grant everywhere = grants.get(RoomPattern.EVERY);
        return everywhere == null ? 1 : everywhere.quota();
    }
}

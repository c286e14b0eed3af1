package dev.parley.message;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a caller may do in a room, and for how long that holds. Immutable.
 *
 * @param permissions none, or {@link Permission#READ} with or without others
 * @param timeToLive how long this is good, from when it was given: from {@link #LEAST} to {@link #MOST}. After that it is asked
 *     for anew; so it is the longest that something that was taken away goes on
 */
public record Grant(Set<Permission> permissions, Duration timeToLive) {
    /** The shortest time to live. */
    public static final Duration LEAST = Duration.ofSeconds(1);
    /** The longest time to live. */
    public static final Duration MOST = Duration.ofHours(1);
    /** How long a grant is good that says nothing about that. */
    public static final Duration USUAL = Duration.ofMinutes(5);

    private static final Grant ALL = of(EnumSet.allOf(Permission.class));
    private static final Grant READ = of(EnumSet.of(Permission.READ));
    private static final Grant NONE = of(EnumSet.noneOf(Permission.class));

    /**
     * Checks itself.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for a time to live out of its range, or for permissions
     *     without {@link Permission#READ}
     */
    public Grant {
        permissions = Set.copyOf(permissions);
        Objects.requireNonNull(timeToLive);
        if (timeToLive.compareTo(LEAST) < 0 || timeToLive.compareTo(MOST) > 0) {
            throw ParleyException.badRequest("a grant is good for 1 second to 1 hour");
        }
        if (!permissions.isEmpty() && !permissions.contains(Permission.READ)) {
            throw ParleyException.badRequest("whoever may say something in a room may read there too");
        }
    }

    /** Everything. */
    public static Grant all() {
        return ALL;
    }

    /** Reading, and nothing else. */
    public static Grant read() {
        return READ;
    }

    /** Nothing: for this caller the room is not there. */
    public static Grant none() {
        return NONE;
    }

    /**
     * These permissions.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where {@link Permission#READ} is not among them
     */
    public static Grant of(Collection<Permission> permissions) {
        return new Grant(Set.copyOf(permissions), USUAL);
    }

    /**
     * The same for another time.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} where that is less than {@link #LEAST} or more than {@link #MOST}
     */
    public Grant goodFor(Duration time) {
        return new Grant(permissions, time);
    }

    public boolean allows(Permission permission) {
        return permissions.contains(permission);
    }
}

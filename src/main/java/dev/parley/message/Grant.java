package dev.parley.message;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The permissions of a caller in a room, and how long they are valid. Immutable.
 *
 * @param permissions empty, or {@link Permission#READ} with or without others. {@link Permission#SAY} includes {@link
 *     Permission#SIGNAL}, which is not named beside it
 * @param timeToLive how long the grant is valid, {@link #LEAST} to {@link #MOST}. After this time the policy is asked again.
 *     So a permission that the application takes away is still used for at most this time
 * @param slow the least time between two messages of the caller in the room; {@link Duration#ZERO} for none
 * @param reason a sentence for the caller that says why it may not do more; null for a general sentence
 * @param quota how many times the usual quotas the caller and its address have when the caller sends a file to the room, makes it
 *     by a first message, or joins it; 1 to {@link #MOST_QUOTA}. For {@code create} all callers have the usual number
 */
public record Grant(Set<Permission> permissions, Duration timeToLive, Duration slow, String reason, int quota) {
    /** The shortest time to live. */
    public static final Duration LEAST = Duration.ofSeconds(1);
    /** The longest time to live. */
    public static final Duration MOST = Duration.ofHours(1);
    /** The largest {@link #quota}. */
    public static final int MOST_QUOTA = 1_000;
    /** The time to live of a grant that names none. */
    public static final Duration USUAL = Duration.ofMinutes(5);

    /**
     * The permissions of a usual member. This set does not grow: rules and policies that were written for this version must
     * not give a permission of a later one.
     */
    private static final Set<Permission> USUAL_PERMISSIONS = Set.of(Permission.READ, Permission.SAY, Permission.ATTACH);

    private static final String EVERYTHING = "all";
    private static final String NOTHING = "none";
    private static final String QUOTA = "quota:";
    private static final int MOST_SHOWN = 20;

    private static final Grant ALL = of(USUAL_PERMISSIONS);
    private static final Grant READ = of(EnumSet.of(Permission.READ));
    private static final Grant NONE = of(EnumSet.noneOf(Permission.class));

    /**
     * Makes a grant.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the time to live or the quota is out of its range, or if there
     *     are permissions without {@link Permission#READ}
     */
    public Grant {
        Set<Permission> named = EnumSet.noneOf(Permission.class);
        named.addAll(permissions);
        if (named.contains(Permission.SAY)) {
            named.remove(Permission.SIGNAL);
        }
        permissions = Set.copyOf(named);
        Objects.requireNonNull(timeToLive);
        if (slow.isNegative()) {
            throw ParleyException.badRequest("the time between two messages must not be negative");
        }
        if (timeToLive.compareTo(LEAST) < 0 || timeToLive.compareTo(MOST) > 0) {
            throw ParleyException.badRequest("a grant must be valid for 1 second to 1 hour");
        }
        if (!permissions.isEmpty() && !permissions.contains(Permission.READ)) {
            throw ParleyException.badRequest("permissions in a room must include READ");
        }
        if (quota < 1 || quota > MOST_QUOTA) {
            throw ParleyException.badRequest("a quota must be 1 to " + MOST_QUOTA + " times the usual one");
        }
    }

    /** A grant with the usual quotas. */
    public Grant(Set<Permission> permissions, Duration timeToLive, Duration slow, String reason) {
        this(permissions, timeToLive, slow, reason, 1);
    }

    /** A grant without a slow mode and without a reason, with the usual quotas. */
    public Grant(Set<Permission> permissions, Duration timeToLive) {
        this(permissions, timeToLive, Duration.ZERO, null);
    }

    /** A grant with the permissions of a usual member: all but {@link Permission#MODERATE}. */
    public static Grant all() {
        return ALL;
    }

    /** A grant with {@link Permission#READ} only. */
    public static Grant read() {
        return READ;
    }

    /** A grant without permissions: the caller can't join the room. */
    public static Grant none() {
        return NONE;
    }

    /**
     * A grant with these permissions.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if {@link Permission#READ} is missing
     */
    public static Grant of(Collection<Permission> permissions) {
        return new Grant(Set.copyOf(permissions), USUAL);
    }

    /**
     * The permissions of these words. A word is the {@link Permission#wire} of a permission, or {@value #EVERYTHING} for
     * {@code read}, {@code say} and {@code attach}. {@code moderate} must be named itself. {@value #NOTHING} alone, or an empty collection, gives no permission.
     * Beside them or alone, {@code quota:10} gives ten times the usual {@link #quota}; of several such words the largest counts.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} for another word, or if {@code read} is missing
     */
    public static Grant ofWords(Collection<String> words) {
        if (words.contains(NOTHING) && words.size() > 1) {
            throw ParleyException.badRequest("'" + NOTHING + "' stands alone, or not at all");
        }
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        int quota = 1;
        for (String word : words) {
            if (word.startsWith(QUOTA)) {
                quota = Math.max(quota, quota(word.substring(QUOTA.length())));
            } else if (word.equals(EVERYTHING)) {
                permissions.addAll(USUAL_PERMISSIONS);
            } else if (!word.equals(NOTHING)) {
                permissions.add(permission(word));
            }
        }
        if (!permissions.isEmpty() && !permissions.contains(Permission.READ)) {
            throw ParleyException.badRequest("without 'read' the other permissions mean nothing: add it");
        }
        return of(permissions).withQuota(quota);
    }

    private static int quota(String number) {
        // Four digits at most, so that it is no number that an int does not hold.
        int quota = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
        if (quota < 1 || quota > MOST_QUOTA) {
            throw ParleyException.badRequest("after '" + QUOTA + "' stands a number from 1 to " + MOST_QUOTA);
        }
        return quota;
    }

    private static Permission permission(String word) {
        for (Permission permission : Permission.values()) {
            if (permission.wire().equals(word)) {
                return permission;
            }
        }
        // In ASCII, because the sentence may become the reason of a close frame.
        String shown = word.substring(0, Math.min(MOST_SHOWN, word.length())).replaceAll("[^ -~]", "?");
        throw ParleyException.badRequest(
                "'" + shown + "' is no permission: there are read, say, attach, signal, moderate, " + EVERYTHING + ", "
                        + NOTHING + " and " + QUOTA + "N");
    }

    /**
     * A grant with the same permissions and another time to live.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the time is less than {@link #LEAST} or more than {@link
     *     #MOST}
     */
    public Grant goodFor(Duration time) {
        return new Grant(permissions, time, slow, reason, quota);
    }

    /** A grant with the same permissions, and with a sentence for the caller that says why it may not do more. */
    public Grant because(String sentence) {
        return new Grant(permissions, timeToLive, slow, sentence, quota);
    }

    /**
     * A grant with the same permissions, and with this many times the usual quotas.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the number is less than 1 or more than {@link #MOST_QUOTA}
     */
    public Grant withQuota(int times) {
        return new Grant(permissions, timeToLive, slow, reason, times);
    }

    public boolean allows(Permission permission) {
        return permissions.contains(permission)
                || permission == Permission.SIGNAL && permissions.contains(Permission.SAY);
    }
}

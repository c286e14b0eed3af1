package dev.parley.message;

import java.time.Instant;

/**
 * The durable relation of a caller, or of an address, to one room or to the whole server. Immutable.
 *
 * @param role null if it has none
 * @param bannedUntil the end of its ban; {@link #FOREVER} for a ban without an end; null if it is not banned
 * @param mutedUntil the same for saying, attaching and signalling
 */
public record Standing(Role role, Instant bannedUntil, Instant mutedUntil) {
    /** The end of a ban without an end. */
    public static final Instant FOREVER = Instant.ofEpochMilli(Long.MAX_VALUE);
    /** Of a caller that nothing is known about. */
    public static final Standing NONE = new Standing(null, null, null);

    public Standing withRole(Role other) {
        return new Standing(other, bannedUntil, mutedUntil);
    }

    public Standing bannedUntil(Instant end) {
        return new Standing(role, end, mutedUntil);
    }

    public Standing mutedUntil(Instant end) {
        return new Standing(role, bannedUntil, end);
    }

    /** Both together: the role that one has, and the later ends. */
    public Standing with(Standing other) {
        return new Standing(
                role == null ? other.role : role,
                later(bannedUntil, other.bannedUntil),
                later(mutedUntil, other.mutedUntil));
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /** Whether nothing is left to keep. */
    public boolean isNone() {
        return role == null && bannedUntil == null && mutedUntil == null;
    }

    public boolean isBanned(Instant now) {
        return bannedUntil != null && now.isBefore(bannedUntil);
    }

    public boolean isMuted(Instant now) {
        return mutedUntil != null && now.isBefore(mutedUntil);
    }

    /** Whether the role brings {@link Permission#MODERATE}. */
    public boolean moderates() {
        return role != null && role.moderates();
    }

    /** The same without a ban or a mute that has ended. */
    public Standing at(Instant now) {
        return new Standing(role, isBanned(now) ? bannedUntil : null, isMuted(now) ? mutedUntil : null);
    }
}

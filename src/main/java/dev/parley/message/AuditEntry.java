package dev.parley.message;

import java.time.Instant;
import java.util.Objects;

/**
 * One action of a moderator, as the audit log keeps it. Immutable.
 *
 * @param number 1, 2, 3 … in the order of the actions
 * @param by the moderator, or a name of the application
 * @param byName the name of the moderator at that time
 * @param room null for the whole server
 * @param whom the user; null if the action is about no user
 * @param name the name of the user at that time; null if it is not known
 * @param seq the number of an entry that was erased; or null
 * @param seconds how long it lasts, or the time between two messages for {@code slow}; null for ever, or if it has no end
 * @param address whether it was also about the address of the user. The address itself is not kept
 * @param role the role that the user got; or null
 * @param reason null if none was given
 */
public record AuditEntry(
        long number,
        Instant at,
        CallerId by,
        UserName byName,
        RoomName room,
        ModerationAction action,
        CallerId whom,
        UserName name,
        Long seq,
        Long seconds,
        boolean address,
        Role role,
        String reason) {
    /** The most entries of one page. */
    public static final int MOST = 1_000;

    public AuditEntry {
        Objects.requireNonNull(at);
        Objects.requireNonNull(by);
        Objects.requireNonNull(byName);
        Objects.requireNonNull(action);
    }
}

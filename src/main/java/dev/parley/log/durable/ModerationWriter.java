package dev.parley.log.durable;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.User;
import dev.parley.message.Keep;
import dev.parley.message.RoomName;
import java.sql.SQLException;
import java.time.Instant;

/** Writes standings, settings of rooms and the audit log, in the open transaction of an {@link Appender}. */
public interface ModerationWriter {
    /** How long an entry of the audit log is kept, in days. */
    int AUDIT_DAYS = 400;
    /** How many entries of the audit log are kept. */
    int AUDIT_ENTRIES = 1_000_000;
    /** How many rooms users make; and how many other rooms have settings. */
    int MOST_SETTINGS = 100_000;
    /** How many rooms keep their entries for a time of their own. */
    int MOST_KEEPS = 100_000;
    /** How many rows {@link #tidy} changes at most. */
    int STEP = 1_000;

    /**
     * Applies an action, and adds it to the audit log. An {@code erase} is only added.
     *
     * @throws dev.parley.message.ParleyException as {@link dev.parley.log.ModerationLog#moderate} says; nothing was changed
     * @throws SQLException only {@link Appender#close} may come next
     */
    StandingsChange moderate(ModerationRequest request, Instant now) throws SQLException;

    /**
     * Sets how long a room keeps its entries, and adds it to the audit log.
     *
     * @param keep null for the rules of the settings
     * @throws dev.parley.message.ParleyException as {@link dev.parley.log.ModerationLog#keep} says; nothing was changed
     * @throws SQLException only {@link Appender#close} may come next
     */
    void keep(User by, RoomName room, Keep keep, Instant now) throws SQLException;

    /**
     * Whether the moderator may still do this: another one may have been faster.
     *
     * @throws dev.parley.message.ParleyException with {@code forbidden} if not
     * @throws SQLException only {@link Appender#close} may come next
     */
    void check(ModerationRequest request, Instant now) throws SQLException;

    /**
     * Removes bans and mutes that have ended, and entries of the audit log that are not kept any more; at most {@value #STEP}
     * of each.
     *
     * @throws SQLException only {@link Appender#close} may come next
     */
    Tidied tidy(Instant now) throws SQLException;

    /**
     * The result of {@link #tidy}.
     *
     * @param standings how many standings were removed or changed
     * @param isComplete whether nothing is left to remove now
     * @param hasEnds whether bans or mutes are left that will end
     */
    record Tidied(int standings, boolean isComplete, boolean hasEnds) {}
}

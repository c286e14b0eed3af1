package dev.parley.log.durable;

import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.RoomName;
import dev.parley.message.Standings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads standings, settings of rooms and the audit log. For the thread of its {@link Reader}, and with its rules. */
public interface ModerationReader {
    /** Whether there is any standing or any setting of a room. */
    boolean hasStandings() throws SQLException;

    /** @param room null for the whole server */
    Standings standings(RoomName room) throws SQLException;

    /** The author of an entry that is not deleted. */
    Optional<User> author(RoomName room, long seq) throws SQLException;

    /** The oldest entries of the audit log above a number. */
    List<AuditEntry> audit(long after, int limit) throws SQLException;
}

package dev.parley.log.durable;

import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.RoomName;
import dev.parley.message.Standings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads standings, settings of rooms and the audit log. For the thread of its {@link Reader}, and with its rules. */
public interface ModerationReader {
    /** The rooms with standings or settings: all, or at least {@code limit} of them. */
    Set<RoomName> roomsWithStandings(int limit) throws SQLException;

    /** @param room null for the whole server */
    Standings standings(RoomName room) throws SQLException;

    /** The author of an entry that is not deleted. */
    Optional<User> author(RoomName room, long seq) throws SQLException;

    /** The oldest entries of the audit log above a number. */
    List<AuditEntry> audit(long after, int limit) throws SQLException;
}

package dev.parley.log.jdbc;

import dev.parley.log.MessageLog;
import dev.parley.log.User;
import dev.parley.message.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The roles in the table {@code standing}, and who gave them. The table has a row of each user with a role before this is used.
 * Not thread-safe; its statements end with their connection.
 */
final class RoleRows {
    /** As many rooms as of direct rooms: the newest ones are taken from an index first. */
    static final String INVITATIONS = """
            select mine.room, mine.inviter_name, mine.inviter
            from (select room, inviter_name, inviter, given, read_to from standing
                    where caller = ? and role is not null and inviter is not null
                        and (banned_until is null or banned_until <= ?)
                    order by given desc limit %d) mine
            where not exists (
                select 1 from mark join room on room.id = mark.room join author on author.id = mark.author
                where room.name = mine.room and author."key" = ? and mark.seq > coalesce(mine.read_to, 0))
            order by mine.given desc limit %d
            """.formatted(MessageLog.MOST_DIRECT, MessageLog.MOST_UNREAD);

    private final PreparedStatement count;
    private final PreparedStatement owners;
    private final PreparedStatement hasEntries;
    private final PreparedStatement putInviter;

    RoleRows(Connection connection) throws SQLException {
        count = connection.prepareStatement("select count(*) from standing where room = ? and role is not null");
        owners = connection.prepareStatement(
                "select count(*) from standing where room = ? and role = '" + Role.OWNER.wire() + "'");
        hasEntries = connection.prepareStatement("select 1 from room where name = ?");
        putInviter = connection.prepareStatement("""
                update standing set inviter = ?, inviter_name = ?, given = ?, read_to = (
                    select mark.seq from mark join room on room.id = mark.room join author on author.id = mark.author
                    where room.name = standing.room and author."key" = standing.caller)
                where room = ? and caller = ? and made_for = ''
                """);
    }

    private static int number(PreparedStatement query, String of) throws SQLException {
        query.setString(1, of);
        return StandingRows.number(query);
    }

    /** How many users have a role in a room. */
    int count(String room) throws SQLException {
        return number(count, room);
    }

    int owners(String room) throws SQLException {
        return number(owners, room);
    }

    /** Whether a room has, or had, entries. */
    boolean hasEntries(String room) throws SQLException {
        hasEntries.setString(1, room);
        try (ResultSet row = hasEntries.executeQuery()) {
            return row.next();
        }
    }

    /** @param by who gave the role; null for the user who made the room */
    void putInviter(String room, String caller, User by, Instant now) throws SQLException {
        putInviter.setString(1, by == null ? null : by.key());
        putInviter.setString(2, by == null ? null : by.name().value());
        putInviter.setLong(3, now.toEpochMilli());
        putInviter.setString(4, room);
        putInviter.setString(5, caller);
        putInviter.executeUpdate();
    }
}

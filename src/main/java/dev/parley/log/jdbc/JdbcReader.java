package dev.parley.log.jdbc;

import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.UnreadRoom;
import dev.parley.log.durable.ModerationReader;
import dev.parley.log.durable.Reader;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a log through JDBC. Each answer is read in one transaction, in which the database must show one moment of the
 * log. Not thread-safe; must be closed after a failure.
 */
public final class JdbcReader implements Reader {
    /** The newest rooms are taken from an index first, so that a user with very many rooms costs no more than others. */
    private static final String UNREAD = """
            select room.name, newest.seq, newest.sender, (select "key" from author where author.id = newest.author)
            from (select room, author, seq, at from direct
                    where author = (select id from author where "key" = ?)
                    order by at desc limit %d) mine
                join room on room.id = mine.room and mine.seq > room.deleted
                join entry newest on newest.room = mine.room and newest.seq = mine.seq
            where mine.seq > coalesce(
                (select mark.seq from mark where mark.room = mine.room and mark.author = mine.author), 0)
            order by mine.at desc limit %d
            """.formatted(MessageLog.MOST_DIRECT, MessageLog.MOST_UNREAD);

    private final Connection connection;
    private final PreparedStatement findRoom;
    private final PreparedStatement after;
    private final PreparedStatement before;
    private final PreparedStatement marks;
    private final PreparedStatement unread;
    private final PreparedStatement invitations;
    private final ModerationReader moderation;

    /** @param connection without auto-commit; closed together with this reader, and if this constructor fails */
    public JdbcReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.moderation = new JdbcModerationReader(connection);
        try {
            findRoom = connection.prepareStatement(EntryRow.FIND_ROOM);
            after = connection.prepareStatement(EntryRow.SELECT + "where room = ? and seq > ? order by seq limit ?");
            before = connection.prepareStatement(
                    EntryRow.SELECT + "where room = ? and seq > ? and seq < ? order by seq desc limit ?");
            unread = connection.prepareStatement(UNREAD);
            invitations = connection.prepareStatement(RoleRows.INVITATIONS);
            marks = connection.prepareStatement(
                    "select (select \"key\" from author where author.id = mark.author), seq from mark"
                            + " where room = (select id from room where name = ?)");
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Page page(RoomName room, Range range) throws SQLException {
        try {
            findRoom.setString(1, room.value());
            long id;
            long last;
            long deleted;
            long erased;
            try (ResultSet row = findRoom.executeQuery()) {
                if (!row.next()) {
                    return new Page(List.of(), 0, false);
                }
                id = row.getLong(1);
                last = row.getLong(2);
                deleted = row.getLong(3);
                erased = row.getLong(4);
            }
            Extent extent = new Extent(id, deleted, last, erased);
            if (range instanceof Range.After position) {
                return after(room, extent, Math.max(position.seq(), deleted), position.limit());
            }
            long end = range instanceof Range.Before position ? Math.min(position.seq(), last + 1) : last + 1;
            return before(room, extent, end, range.limit());
        } finally {
            // Ends the snapshot, because a database can't remove old data that a snapshot may need (SQLite: its WAL).
            connection.rollback();
        }
    }

    /** The entries of a room: the ones above {@code deleted}, up to {@code last}, without gaps; without content up to {@code erased}. */
    private record Extent(long id, long deleted, long last, long erased) {
        Page page(List<Entry> entries, boolean more) {
            return new Page(entries, last, more, deleted + 1);
        }

        /** The content of an entry may still be in its row. */
        Entry seen(Entry entry) {
            return entry.seq() > erased ? entry : entry.withoutContent();
        }
    }

    /** A room has no gaps in its numbers, so the numbers show whether there are more entries. */
    private Page after(RoomName room, Extent extent, long start, int limit) throws SQLException {
        after.setLong(1, extent.id);
        after.setLong(2, start);
        List<Entry> entries = entries(after, 3, room, extent, limit);
        long end = entries.isEmpty() ? start : entries.get(entries.size() - 1).seq();
        return extent.page(entries, end < extent.last);
    }

    private Page before(RoomName room, Extent extent, long end, int limit) throws SQLException {
        before.setLong(1, extent.id);
        before.setLong(2, extent.deleted);
        before.setLong(3, end);
        List<Entry> entries = entries(before, 4, room, extent, limit);
        Collections.reverse(entries);
        long start = entries.isEmpty() ? end : entries.get(0).seq();
        return extent.page(entries, start > extent.deleted + 1);
    }

    /** @param last the last parameter of the query, its limit */
    private static List<Entry> entries(PreparedStatement query, int last, RoomName room, Extent extent, int limit)
            throws SQLException {
        // Some databases treat a negative limit as no limit.
        query.setInt(last, Math.max(limit, 0));
        List<Entry> entries = new ArrayList<>();
        long bytes = 0;
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Entry entry = extent.seen(EntryRow.read(room, row));
                bytes += entry.body().bytes();
                if (bytes > PAGE_BYTES && !entries.isEmpty()) {
                    break;
                }
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public Map<String, Long> marks(RoomName room) throws SQLException {
        marks.setString(1, room.value());
        Map<String, Long> found = new HashMap<>();
        try (ResultSet row = marks.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), row.getLong(2));
            }
        } finally {
            connection.rollback();
        }
        return found;
    }

    @Override
    public List<UnreadRoom> unread(String user) throws SQLException {
        unread.setString(1, user);
        List<UnreadRoom> found = new ArrayList<>();
        try (ResultSet row = unread.executeQuery()) {
            while (row.next()) {
                String author = row.getString(4);
                // Nobody is invited by somebody who was erased.
                if (!FormerAuthors.isFormer(author)) {
                    found.add(new UnreadRoom(
                            new RoomName(row.getString(1)),
                            row.getLong(2),
                            new UserName(row.getString(3)),
                            EntryRow.caller(author)));
                }
            }
            addInvitations(user, found);
        } finally {
            connection.rollback();
        }
        return found;
    }

    private void addInvitations(String user, List<UnreadRoom> found) throws SQLException {
        invitations.setString(1, user);
        invitations.setString(2, user);
        try (ResultSet row = invitations.executeQuery()) {
            while (row.next()) {
                found.add(new UnreadRoom(
                        new RoomName(row.getString(1)),
                        0,
                        new UserName(row.getString(2)),
                        EntryRow.caller(row.getString(3))));
            }
        }
    }

    @Override
    public void names(Consumer<UserName> each) throws SQLException {
        try (PreparedStatement names = connection.prepareStatement("select name from reserved_name");
                ResultSet row = names.executeQuery()) {
            while (row.next()) {
                each.accept(new UserName(row.getString(1)));
            }
        } finally {
            connection.rollback();
        }
    }

    @Override
    public ModerationReader moderation() {
        return moderation;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

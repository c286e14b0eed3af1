package dev.parley.log.jdbc;

import dev.parley.log.AttachmentPart;
import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.UnreadRoom;
import dev.parley.log.durable.ModerationReader;
import dev.parley.log.durable.ObserverReader;
import dev.parley.log.durable.Reader;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Pages pages;
    private final Pages references;
    private final PreparedStatement one;
    private final PreparedStatement part;
    private final PreparedStatement stored;
    private final PreparedStatement marks;
    private final PreparedStatement unread;
    private final PreparedStatement invitations;
    private final ModerationReader moderation;
    private final ObserverReader observers;

    /** @param connection without auto-commit; closed together with this reader, and if this constructor fails */
    public JdbcReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.moderation = new JdbcModerationReader(connection);
        this.observers = new JdbcObserverReader(connection);
        try {
            findRoom = connection.prepareStatement(EntryRow.FIND_ROOM);
            pages = new Pages(connection, EntryRow.SELECT, EntryRow::read);
            references = new Pages(connection, EntryRow.SELECT_REFERENCES, EntryRow::readReference);
            one = connection.prepareStatement(EntryRow.SELECT_REFERENCE + "where room = ? and seq = ?");
            part = connection.prepareStatement(
                    "select substring(bytes, ?, ?) from attachment where room = ? and seq = ?");
            stored = connection.prepareStatement("select 1 from entry where room = (select id from room where name = ?)"
                    + " and author = (select id from author where \"key\" = ?) and client_id = ?");
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
        return page(room, range, pages);
    }

    @Override
    public Page references(RoomName room, Range range) throws SQLException {
        return page(room, range, references);
    }

    private Page page(RoomName room, Range range, Pages how) throws SQLException {
        try {
            Pages.Extent extent = find(room);
            return extent == null ? new Page(List.of(), 0, false) : how.read(extent, range);
        } finally {
            // Ends the snapshot, because a database can't remove old data that a snapshot may need (SQLite: its WAL).
            connection.rollback();
        }
    }

    private Pages.Extent find(RoomName room) throws SQLException {
        findRoom.setString(1, room.value());
        try (ResultSet row = findRoom.executeQuery()) {
            return row.next()
                    ? new Pages.Extent(room, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))
                    : null;
        }
    }

    @Override
    public Optional<AttachmentPart> attachment(RoomName room, long seq, long offset, int length) throws SQLException {
        try {
            Pages.Extent extent = find(room);
            if (extent == null || seq <= extent.deleted()) {
                return Optional.empty();
            }
            one.setLong(1, extent.id());
            one.setLong(2, seq);
            Entry entry;
            try (ResultSet row = one.executeQuery()) {
                entry = row.next() ? extent.seen(EntryRow.readReference(room, row)) : null;
            }
            if (entry == null || !entry.erased() && !(entry.body() instanceof Body.Reference)) {
                return Optional.empty();
            }
            long left = entry.body() instanceof Body.Reference reference && !reference.expired()
                    ? reference.length() - offset
                    : 0;
            byte[] bytes = left > 0 ? part(extent, seq, offset, (int) Math.min(left, length)) : new byte[0];
            return Optional.of(new AttachmentPart(entry, ByteBuffer.wrap(bytes)));
        } finally {
            connection.rollback();
        }
    }

    private byte[] part(Pages.Extent extent, long seq, long offset, int length) throws SQLException {
        // SQL counts from 1.
        part.setLong(1, offset + 1);
        part.setInt(2, length);
        part.setLong(3, extent.id());
        part.setLong(4, seq);
        try (ResultSet row = part.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }

    @Override
    public boolean isStored(RoomName room, String user, String id) throws SQLException {
        stored.setString(1, room.value());
        stored.setString(2, user);
        stored.setString(3, id);
        try (ResultSet row = stored.executeQuery()) {
            return row.next();
        } finally {
            connection.rollback();
        }
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
        invitations.setLong(2, System.currentTimeMillis());
        invitations.setString(3, user);
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
    public ObserverReader observers() {
        return observers;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

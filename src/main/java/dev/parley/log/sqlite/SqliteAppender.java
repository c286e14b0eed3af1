package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The writing side of the database: what was appended since the last commit is one transaction. Not thread-safe.
 *
 * <p>Remembers where the rooms in use end. That is true only while nobody else writes, and {@link #rollback} forgets it;
 * after any other failure the store is to be closed, and a new one opened.
 */
final class SqliteAppender implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SqliteAppender.class.getName());
    private static final int REMEMBERED = 10_000;

    /** How far a clock may be behind before its time counts again, in milliseconds. */
    private static final long MAX_STEP_BACK = 60_000;

    private final Connection connection;
    private final PreparedStatement findRoom;
    private final PreparedStatement addRoom;
    private final PreparedStatement findAuthor;
    private final PreparedStatement addAuthor;
    private final PreparedStatement addEntry;
    private final PreparedStatement addAttachment;
    private final PreparedStatement findFirst;
    private final PreparedStatement findEntry;
    private final PreparedStatement putMark;
    private final PreparedStatement putTime;

    private final Map<RoomName, Room> rooms = new LruMap<>(REMEMBERED);
    private final Map<String, Long> authors = new LruMap<>(REMEMBERED);
    private long storedTime;
    private long time;

    private static final class Room {
        final long id;
        long last;

        Room(long id, long last) {
            this.id = id;
            this.last = last;
        }
    }

    SqliteAppender(DataSource database) throws SQLException {
        connection = database.getConnection();
        try {
            findRoom = connection.prepareStatement(EntryRow.FIND_ROOM);
            addRoom = connection.prepareStatement("insert into room (name) values (?) returning id");
            findAuthor = connection.prepareStatement("select id from author where key = ?");
            addAuthor = connection.prepareStatement("insert into author (key) values (?) returning id");
            addEntry = connection.prepareStatement("""
                    insert into entry (room, seq, author, sender, client_id, at, text, media, file_name)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (room, author, client_id) where client_id is not null do nothing
                    """);
            addAttachment = connection.prepareStatement("insert into attachment (room, seq, bytes) values (?, ?, ?)");
            findFirst =
                    connection.prepareStatement(EntryRow.SELECT + "where room = ? and author = ? and client_id = ?");
            findEntry = connection.prepareStatement(
                    "select 1 from entry where room = (select id from room where name = ?) and seq = ?");
            putMark = connection.prepareStatement("""
                    insert into mark (room, user_name, seq) select id, ?, ? from room where name = ?
                    on conflict (room, user_name) do update set seq = excluded.seq where excluded.seq > mark.seq
                    """);
            putTime = connection.prepareStatement("""
                    insert into meta (key, value) values ('time', ?)
                    on conflict (key) do update set value = excluded.value
                    """);
            storedTime = readTime();
            time = storedTime;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private long readTime() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select value from meta where key = 'time'");
                ResultSet row = query.executeQuery()) {
            return row.next() ? Long.parseLong(row.getString(1)) : 0;
        } finally {
            connection.rollback();
        }
    }

    Appended append(Draft draft) throws SQLException {
        time = time(System.currentTimeMillis());
        Room room = room(draft.room());
        long author = author(draft.from().key());
        Entry entry = new Entry(
                draft.room(), room.last + 1, draft.id(), draft.from().name(), Instant.ofEpochMilli(time), draft.body());
        if (!add(entry, room, author)) {
            return new Appended(draft, first(draft, room, author), true);
        }
        room.last++;
        return new Appended(draft, entry, false);
    }

    /** The time of the next entry: the clock's, but for small steps back, which clocks make that are being set right. */
    private long time(long clock) {
        if (clock >= time) {
            return clock;
        }
        if (time - clock <= MAX_STEP_BACK) {
            return time;
        }
        LOG.log(
                Level.WARNING,
                "The clock is behind the time of the newest entry, {0}: one of the two is wrong. New entries get the"
                        + " clock's time; their order is that of their numbers",
                Instant.ofEpochMilli(time));
        return clock;
    }

    private Room room(RoomName name) throws SQLException {
        Room known = rooms.get(name);
        if (known != null) {
            return known;
        }
        findRoom.setString(1, name.value());
        Room room;
        try (ResultSet row = findRoom.executeQuery()) {
            room = row.next() ? new Room(row.getLong(1), row.getLong(2)) : null;
        }
        if (room == null) {
            room = new Room(add(addRoom, name.value()), 0);
        }
        rooms.put(name, room);
        return room;
    }

    private long author(String key) throws SQLException {
        Long known = authors.get(key);
        if (known != null) {
            return known;
        }
        findAuthor.setString(1, key);
        Long author;
        try (ResultSet row = findAuthor.executeQuery()) {
            author = row.next() ? row.getLong(1) : null;
        }
        if (author == null) {
            author = add(addAuthor, key);
        }
        authors.put(key, author);
        return author;
    }

    private static long add(PreparedStatement insert, String name) throws SQLException {
        insert.setString(1, name);
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** False when the same author used the same id in this room before. */
    private boolean add(Entry entry, Room room, long author) throws SQLException {
        addEntry.setLong(1, room.id);
        addEntry.setLong(2, entry.seq());
        addEntry.setLong(3, author);
        addEntry.setString(4, entry.from().value());
        addEntry.setString(5, entry.id());
        addEntry.setLong(6, entry.at().toEpochMilli());
        BodyColumns body = BodyColumns.of(entry.body());
        addEntry.setString(7, body.text());
        addEntry.setString(8, body.media());
        addEntry.setString(9, body.name());
        return addEntry.executeUpdate() == 1 && (body.content() == null || add(body.content(), room, entry.seq()));
    }

    private boolean add(ByteBuffer content, Room room, long seq) throws SQLException {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        addAttachment.setLong(1, room.id);
        addAttachment.setLong(2, seq);
        addAttachment.setBytes(3, bytes);
        return addAttachment.executeUpdate() == 1;
    }

    private Entry first(Draft draft, Room room, long author) throws SQLException {
        findFirst.setLong(1, room.id);
        findFirst.setLong(2, author);
        findFirst.setString(3, draft.id());
        try (ResultSet row = findFirst.executeQuery()) {
            row.next();
            return EntryRow.read(draft.room(), row);
        }
    }

    /** A mark in a room where nothing was said is no mark. */
    void put(Mark mark) throws SQLException {
        putMark.setString(1, mark.user().value());
        putMark.setLong(2, mark.seq());
        putMark.setString(3, mark.room().value());
        putMark.executeUpdate();
    }

    /** Makes durable what was appended. Where this fails, only a new store can tell whether it did so all the same. */
    void commit() throws SQLException {
        if (time != storedTime) {
            putTime.setString(1, Long.toString(time));
            putTime.executeUpdate();
        }
        connection.commit();
        storedTime = time;
    }

    void rollback() throws SQLException {
        rooms.clear();
        authors.clear();
        connection.rollback();
    }

    /** Whether this entry's place in its room is taken. */
    boolean holds(Entry entry) throws SQLException {
        findEntry.setString(1, entry.room().value());
        findEntry.setLong(2, entry.seq());
        try (ResultSet row = findEntry.executeQuery()) {
            return row.next();
        } finally {
            connection.rollback();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

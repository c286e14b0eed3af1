package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.ErasureScope;
import dev.parley.log.User;
import dev.parley.log.durable.Appender;
import dev.parley.log.durable.EntryClock;
import dev.parley.log.durable.ErasureJob;
import dev.parley.log.durable.ErasureStep;
import dev.parley.log.durable.Mark;
import dev.parley.log.durable.ModerationWriter;
import dev.parley.log.durable.ObserverWriter;
import dev.parley.log.durable.Swept;
import dev.parley.log.jdbc.BodyColumns;
import dev.parley.log.jdbc.EntryRow;
import dev.parley.log.jdbc.FormerAuthors;
import dev.parley.log.jdbc.JdbcErasure;
import dev.parley.log.jdbc.JdbcErasureJobs;
import dev.parley.log.jdbc.JdbcModeration;
import dev.parley.log.jdbc.JdbcObserverWriter;
import dev.parley.log.jdbc.JdbcSweep;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The writing side of the database. Not thread-safe.
 *
 * <p>It remembers the last {@code seq} of each room in use. That works only because no other connection writes;
 * {@link #rollback} forgets all of them.
 */
final class SqliteAppender implements Appender {
    private static final int REMEMBERED = 10_000;

    /**
     * The number of a room's newest entries in which an id that Parley made is searched, because such ids have no
     * index. The largest transaction has fewer entries.
     */
    private static final int SEARCHED = 2_000;

    private final Connection connection;
    private final PreparedStatement findRoom;
    private final PreparedStatement addRoom;
    private final PreparedStatement addEntry;
    private final PreparedStatement addAttachment;
    private final PreparedStatement findGiven;
    private final PreparedStatement findFormer;
    private final PreparedStatement findMade;
    private final JdbcSweep sweep;
    private final JdbcErasure erasure;
    private final ModerationWriter moderation;
    private final ObserverWriter observers;
    private final SqliteAuthors authors;
    private final DirectIndex directIndex;
    private final SqliteNotes notes;
    private final FormerAuthors former;
    private final JdbcErasureJobs erasures;

    private final Map<RoomName, Room> rooms = new LruMap<>(REMEMBERED);
    private final EntryClock clock;
    private final StoredTime time;

    private static final class Room {
        final long id;
        long last;

        Room(long id, long last) {
            this.id = id;
            this.last = last;
        }
    }

    /** @param connection without auto-commit; closed together with this appender, and if this constructor fails */
    SqliteAppender(Connection connection, String epoch) throws SQLException {
        this.connection = connection;
        try {
            Sqlite.keepTemporaryInMemory(connection);
            findRoom = connection.prepareStatement(EntryRow.FIND_ROOM);
            addRoom = connection.prepareStatement("insert into room (name) values (?) returning id");
            addEntry = connection.prepareStatement("""
                    insert into entry (room, seq, author, sender, client_id, made_id, at, text, kind, media, file_name)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (room, author, client_id) where client_id is not null do nothing
                    """);
            addAttachment = connection.prepareStatement("insert into attachment (room, seq, bytes) values (?, ?, ?)");
            findGiven =
                    connection.prepareStatement(EntryRow.SELECT + "where room = ? and author = ? and client_id = ?");
            findFormer = connection.prepareStatement(EntryRow.SELECT
                    + "where room = ? and author in (select id from author where was = ?) and client_id = ?");
            findMade = connection.prepareStatement(EntryRow.SELECT + """
                    where room = ?1 and author = ?2 and made_id = ?3
                        and seq > (select max(seq) from entry where room = ?1) -""" + SEARCHED + " order by seq desc limit 1");
            sweep = new JdbcSweep(connection);
            erasure = new JdbcErasure(connection);
            moderation = new JdbcModeration(connection);
            observers = new JdbcObserverWriter(connection);
            former = new FormerAuthors(connection, epoch);
            authors = new SqliteAuthors(connection, REMEMBERED, former);
            directIndex = new DirectIndex(connection, authors);
            notes = new SqliteNotes(connection, authors);
            erasures = new JdbcErasureJobs(connection, former);
            time = new StoredTime(connection);
            clock = time.clock();
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public List<Appended> append(List<Draft> drafts) throws SQLException {
        List<Appended> appended = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            appended.add(append(draft));
        }
        return appended;
    }

    private Appended append(Draft draft) throws SQLException {
        Room room = room(draft.room());
        String key = draft.from().key();
        if (draft.id().isSenders() && authors.isBack(key)) {
            Optional<Entry> erased = find(findFormer, draft, room, former.digest(key));
            if (erased.isPresent()) {
                return new Appended(draft, erased.get(), true);
            }
        }
        long author = authors.of(key);
        Entry entry = new Entry(
                draft.room(),
                room.last + 1,
                draft.id().sendersId(),
                draft.from().name(),
                draft.from().id(),
                Instant.ofEpochMilli(clock.next()),
                draft.body());
        if (!add(entry, draft.id(), room, author)) {
            return new Appended(draft, first(draft, room, author), true);
        }
        directIndex.added(entry, room.id);
        room.last++;
        return new Appended(draft, entry, false);
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
            room = new Room(SqliteAuthors.add(addRoom, name.value()), 0);
        }
        rooms.put(name, room);
        return room;
    }

    /** Returns false if the same author used the same id in this room before. */
    private boolean add(Entry entry, DraftId id, Room room, long author) throws SQLException {
        addEntry.setLong(1, room.id);
        addEntry.setLong(2, entry.seq());
        addEntry.setLong(3, author);
        addEntry.setString(4, entry.from().value());
        addEntry.setString(5, id.sendersId());
        addEntry.setString(6, id.madeId());
        addEntry.setLong(7, entry.at().toEpochMilli());
        BodyColumns body = BodyColumns.of(entry.body());
        addEntry.setString(8, body.text());
        addEntry.setString(9, body.kind());
        addEntry.setString(10, body.media());
        addEntry.setString(11, body.name());
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
        return find(findGiven, draft, room, author)
                .orElseThrow(() -> new SQLException("an id is in use, but no entry has it"));
    }

    private static Optional<Entry> find(PreparedStatement query, Draft draft, Room room, Object author)
            throws SQLException {
        query.setLong(1, room.id);
        query.setObject(2, author);
        query.setString(3, draft.id().value());
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(EntryRow.read(draft, row)) : Optional.empty();
        }
    }

    @Override
    public void put(List<Mark> marks) throws SQLException {
        notes.put(marks);
    }

    @Override
    public Swept sweep(Retention retention, long place) throws SQLException {
        return sweep.step(retention, place, clock.now());
    }

    @Override
    public boolean erase(RoomName room, long seq) throws SQLException {
        return erasure.erase(room, seq);
    }

    @Override
    public ModerationWriter moderation() {
        return moderation;
    }

    @Override
    public ObserverWriter observers() {
        return observers;
    }

    @Override
    public Optional<ErasureJob> beginErasure(ErasureScope scope) throws SQLException {
        // A user that comes back is another author.
        authors.forget();
        return erasures.begin(scope, clock);
    }

    @Override
    public Optional<ErasureStep> eraseNext() throws SQLException {
        Optional<ErasureStep> step = erasures.next(clock.now());
        if (step.isEmpty()) {
            commit();
        }
        return step;
    }

    /** The pages are overwritten ({@code secure_delete}), but their earlier versions are still in the WAL. */
    @Override
    public boolean purge() throws SQLException {
        return Sqlite.emptyWal(connection);
    }

    @Override
    public void reserve(List<User> users) throws SQLException {
        notes.reserve(users);
    }

    @Override
    public void commit() throws SQLException {
        time.put();
        connection.commit();
        time.stored();
    }

    @Override
    public void rollback() throws SQLException {
        rooms.clear();
        authors.forget();
        connection.rollback();
    }

    @Override
    public Optional<Entry> find(Draft draft) throws SQLException {
        try {
            // A room or an author that is added here is rolled back with this transaction.
            Room room = room(draft.room());
            long author = authors.of(draft.from().key());
            return find(draft.id().isSenders() ? findGiven : findMade, draft, room, author);
        } finally {
            rollback();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

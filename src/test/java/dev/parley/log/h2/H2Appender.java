package dev.parley.log.h2;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Appends to a log in H2, and looks for each draft first. For one thread. */
final class H2Appender implements Appender {
    private final Connection connection;
    private final EntryClock clock;
    private final JdbcSweep sweep;
    private final ModerationWriter moderation;
    private final ObserverWriter observers;
    private final FormerAuthors former;
    private final JdbcErasureJobs erasures;

    /** Where the rooms in use end: H2 reads all of a room to say that. */
    private final Map<RoomName, Room> rooms = new HashMap<>();

    private record Room(long id, long last) {}

    /** @param connection without auto-commit; it is closed with this */
    H2Appender(Connection connection, String epoch) throws SQLException {
        this.connection = connection;
        this.clock = new EntryClock(newest());
        this.sweep = new JdbcSweep(connection);
        this.moderation = new JdbcModeration(connection);
        this.observers = new JdbcObserverWriter(connection);
        this.former = new FormerAuthors(connection, epoch);
        this.erasures = new JdbcErasureJobs(connection, former);
    }

    private long newest() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select newest from log");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        } finally {
            connection.rollback();
        }
    }

    @Override
    public List<Appended> append(List<Draft> drafts) throws SQLException {
        List<Appended> appended = new ArrayList<>();
        for (Draft draft : drafts) {
            Optional<Entry> stored = stored(draft);
            Entry entry = stored.isPresent() ? stored.get() : add(draft);
            appended.add(new Appended(draft, entry, stored.isPresent()));
        }
        return appended;
    }

    private Entry add(Draft draft) throws SQLException {
        Room room = room(draft.room());
        rooms.put(draft.room(), new Room(room.id(), room.last() + 1));
        Entry entry = new Entry(
                draft.room(),
                room.last() + 1,
                draft.id().sendersId(),
                draft.from().name(),
                draft.from().id(),
                Instant.ofEpochMilli(clock.next()),
                draft.body());
        BodyColumns body = BodyColumns.of(draft.body());
        update(
                "insert into entry (room, seq, author, sender, client_id, made_id, at, text, kind, media, file_name)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                room.id(),
                entry.seq(),
                author(draft.from().key()),
                entry.from().value(),
                draft.id().sendersId(),
                draft.id().madeId(),
                entry.at().toEpochMilli(),
                body.text(),
                body.kind(),
                body.media(),
                body.name());
        if (body.content() != null) {
            byte[] bytes = new byte[body.content().remaining()];
            body.content().duplicate().get(bytes);
            update("insert into attachment (room, seq, bytes) values (?, ?, ?)", room.id(), entry.seq(), bytes);
        }
        for (String id : draft.room().ids()) {
            if (!User.userKey(id).equals(draft.from().key())) {
                update(
                        "merge into direct (author, room, seq, at) key (author, room) values (?, ?, ?, ?)",
                        author(User.userKey(id)),
                        room.id(),
                        entry.seq(),
                        entry.at().toEpochMilli());
            }
        }
        return entry;
    }

    private Room room(RoomName name) throws SQLException {
        Optional<Room> known = rooms.containsKey(name) ? Optional.of(rooms.get(name)) : findRoom(name);
        if (known.isPresent()) {
            return known.get();
        }
        update("insert into room (name) values (?)", name.value());
        return findRoom(name).orElseThrow();
    }

    private long author(String key) throws SQLException {
        Optional<Long> known = findAuthor(key);
        if (known.isPresent()) {
            return known.get();
        }
        update("insert into author (\"key\") values (?)", key);
        return findAuthor(key).orElseThrow();
    }

    private Optional<Long> findAuthor(String key) throws SQLException {
        try (PreparedStatement query = prepare("select id from author where \"key\" = ?", key);
                ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    private Optional<Room> findRoom(RoomName name) throws SQLException {
        try (PreparedStatement query = prepare(EntryRow.FIND_ROOM, name.value());
                ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(new Room(row.getLong(1), row.getLong(2))) : Optional.empty();
        }
    }

    @Override
    public Optional<Entry> find(Draft draft) throws SQLException {
        try {
            return stored(draft);
        } finally {
            rollback();
        }
    }

    private Optional<Entry> stored(Draft draft) throws SQLException {
        String key = draft.from().key();
        Optional<Entry> known = stored(draft, "author = (select id from author where \"key\" = ?)", key);
        return known.isEmpty() && former.has(key)
                ? stored(draft, "author in (select id from author where was = ?)", former.digest(key))
                : known;
    }

    private Optional<Entry> stored(Draft draft, String ofAuthor, String author) throws SQLException {
        String id = draft.id().isSenders() ? "client_id" : "made_id";
        try (PreparedStatement query = prepare(
                        EntryRow.SELECT + "where room = (select id from room where name = ?) and " + ofAuthor + " and "
                                + id + " = ?",
                        draft.room().value(),
                        author,
                        draft.id().value());
                ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(EntryRow.read(draft, row)) : Optional.empty();
        }
    }

    @Override
    public void put(List<Mark> marks) throws SQLException {
        for (Mark mark : marks) {
            update("""
                    merge into mark using (
                        select id, cast(? as bigint) as author, cast(? as bigint) as seq from room where name = ?) as new
                    on mark.room = new.id and mark.author = new.author
                    when matched and mark.seq < new.seq then update set seq = new.seq
                    when not matched then insert (room, author, seq) values (new.id, new.author, new.seq)
                    """, author(mark.user()), mark.seq(), mark.room().value());
        }
    }

    @Override
    public void reserve(List<User> users) throws SQLException {
        for (User user : users) {
            update(
                    "merge into reserved_name (name, author) key (name) values (?, ?)",
                    user.name().value(),
                    author(user.key()));
        }
    }

    @Override
    public Swept sweep(Retention retention, long place) throws SQLException {
        return sweep.step(retention, place, clock.now());
    }

    @Override
    public boolean erase(RoomName room, long seq) throws SQLException {
        return new JdbcErasure(connection).erase(room, seq);
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

    /** H2 writes new versions of its pages, and removes old ones at a time of its choice. */
    @Override
    public boolean purge() {
        return true;
    }

    @Override
    public void commit() throws SQLException {
        update("update log set newest = ?", clock.newest());
        connection.commit();
        // H2 writes at a commit, and leaves it to the system when that is on the disk.
        update("checkpoint sync");
    }

    @Override
    public void rollback() throws SQLException {
        rooms.clear();
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement update = prepare(sql, values)) {
            update.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}

package dev.parley.log.jdbc;

import dev.parley.log.ErasureScope;
import dev.parley.log.durable.EntryClock;
import dev.parley.log.durable.ErasureJob;
import dev.parley.log.durable.ErasureStep;
import dev.parley.message.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Erases everything of a user or of a room through JDBC, in small steps that a row of the table {@code erasure} remembers. Not
 * thread-safe; its statements end with their connection.
 *
 * <p>The beginning makes all of it invisible: the user's author gets another key, or the room's {@code erased} its end. The
 * later steps remove it.
 */
public final class JdbcErasureJobs {
    /** As long as the ids of deleted entries are remembered, or longer. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final FormerAuthors authors;
    private final PreparedStatement forgetInviter;
    private final PreparedStatement forgetMaker;
    private final PreparedStatement findAuthor;
    private final PreparedStatement findRoom;
    private final PreparedStatement hide;
    private final PreparedStatement add;
    private final PreparedStatement findAdded;
    private final PreparedStatement findOpenOfUser;
    private final PreparedStatement findOpenOfRoom;
    private final PreparedStatement next;
    private final PreparedStatement store;
    private final PreparedStatement forgetAuthors;
    private final PreparedStatement forgetJobs;
    private final JdbcErasureStep step;

    /** @param connection without auto-commit */
    public JdbcErasureJobs(Connection connection, FormerAuthors authors) throws SQLException {
        this.authors = authors;
        // Nobody is invited by somebody who was erased.
        forgetInviter = connection.prepareStatement(
                "update standing set inviter = null, inviter_name = null where inviter = ?");
        // The room still counts as one that a user has made.
        forgetMaker = connection.prepareStatement(
                "update room_setting set maker = '" + FormerAuthors.PREFIX + "' where maker = ?");
        findAuthor = connection.prepareStatement("select id from author where \"key\" = ?");
        findRoom = connection.prepareStatement(EntryRow.FIND_ROOM);
        hide = connection.prepareStatement("update room set erased = ? where id = ?");
        add = connection.prepareStatement("insert into erasure (author, place, seq) values (?, ?, ?)");
        findAdded =
                connection.prepareStatement("select max(id) from erasure where place = ? and coalesce(author, 0) = ?");
        findOpenOfUser = connection.prepareStatement(
                "select max(id) from erasure where ended is null and author in (select id from author where was = ?)");
        findOpenOfRoom = connection.prepareStatement("select max(erasure.id) from erasure join room on room.id = place"
                + " where ended is null and author is null and place = ? and erased = ?");
        next = connection.prepareStatement(StoredErasure.SELECT + " where ended is null order by id limit 1");
        store = connection.prepareStatement(StoredErasure.UPDATE);
        forgetAuthors = connection.prepareStatement(
                "update author set was = null where id in (select author from erasure where ended < ?)");
        forgetJobs = connection.prepareStatement("delete from erasure where ended < ?");
        step = new JdbcErasureStep(connection);
    }

    /**
     * Begins a job, as {@link dev.parley.log.durable.Appender#beginErasure} describes. If an open job has all that there is
     * of the scope, it is this job.
     *
     * @param clock gives later entries a later time
     */
    public Optional<ErasureJob> begin(ErasureScope scope, EntryClock clock) throws SQLException {
        OptionalLong job = scope instanceof ErasureScope.OfUser user
                ? begin(user.user().key())
                : begin(((ErasureScope.OfRoom) scope).room());
        return job.isPresent() ? Optional.of(new ErasureJob(job.getAsLong(), clock.end())) : Optional.empty();
    }

    private OptionalLong begin(String key) throws SQLException {
        for (PreparedStatement forget : List.of(forgetInviter, forgetMaker)) {
            forget.setString(1, key);
            forget.executeUpdate();
        }
        findAuthor.setString(1, key);
        long author;
        try (ResultSet row = findAuthor.executeQuery()) {
            if (!row.next()) {
                return findOpenOfUser(key);
            }
            author = row.getLong(1);
        }
        authors.erase(author, key);
        return add(author, 0, 0);
    }

    private OptionalLong begin(RoomName name) throws SQLException {
        findRoom.setString(1, name.value());
        long room;
        long last;
        try (ResultSet row = findRoom.executeQuery()) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            room = row.getLong(1);
            last = row.getLong(2);
        }
        findOpenOfRoom.setLong(1, room);
        findOpenOfRoom.setLong(2, last);
        OptionalLong open = findOpen(findOpenOfRoom);
        if (open.isPresent()) {
            return open;
        }
        NumberUpdate.run(hide, last, room);
        return add(null, room, last + 1);
    }

    private OptionalLong findOpenOfUser(String key) throws SQLException {
        findOpenOfUser.setString(1, authors.digest(key));
        return findOpen(findOpenOfUser);
    }

    private static OptionalLong findOpen(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            long id = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
        }
    }

    private OptionalLong add(Long author, long room, long seq) throws SQLException {
        add.setObject(1, author);
        add.setLong(2, room);
        add.setLong(3, seq);
        add.executeUpdate();
        findAdded.setLong(1, room);
        findAdded.setLong(2, author == null ? 0 : author);
        try (ResultSet row = findAdded.executeQuery()) {
            row.next();
            return OptionalLong.of(row.getLong(1));
        }
    }

    /**
     * One step, as {@link dev.parley.log.durable.Appender#eraseNext} describes. Without a job it forgets old ones.
     *
     * @param now the present time, in milliseconds since 1970
     */
    public Optional<ErasureStep> next(long now) throws SQLException {
        StoredErasure job = stored();
        if (job == null) {
            long old = now - REMEMBERED.toMillis();
            NumberUpdate.run(forgetAuthors, old);
            NumberUpdate.run(forgetJobs, old);
            return Optional.empty();
        }
        boolean isLast = step.run(job);
        return Optional.of(job.store(store, isLast ? now : null));
    }

    private StoredErasure stored() throws SQLException {
        try (ResultSet row = next.executeQuery()) {
            return row.next() ? new StoredErasure(row) : null;
        }
    }
}

package dev.parley.log.durable;

import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.sql.SQLException;
import java.util.Map;

/**
 * A connection that reads a {@link Database}. For one thread at a time; every method may wait for a disk. An answer is from
 * one moment, and has all that was committed before the call. After a failure only {@link #close} may come next.
 */
public interface Reader extends AutoCloseable {
    /** A page ends before the entry with which its bodies would have more bytes than these, but not before its first. */
    long PAGE_BYTES = 256 << 10;

    /**
     * A part of a room's log. A room without entries has an empty page, which is no failure.
     *
     * @param range any: positions before the first entry and behind the last one are allowed, a limit below 1 gives no entries
     * @throws SQLException when the database can't be read
     */
    Page page(RoomName room, Range range) throws SQLException;

    /**
     * How far each user of a room has read.
     *
     * @return the caller's own, to be changed
     * @throws SQLException when the database can't be read
     */
    Map<UserName, Long> marks(RoomName room) throws SQLException;

    @Override
    void close() throws SQLException;
}

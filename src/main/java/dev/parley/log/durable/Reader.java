package dev.parley.log.durable;

import dev.parley.log.AttachmentPart;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.UnreadRoom;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection that reads a {@link Database}. For one thread at a time; every method may wait for a disk. An answer
 * shows the log at one moment, with all that was committed before the call. After a failure only {@link #close} may be
 * called.
 */
public interface Reader extends AutoCloseable {
    /**
     * The most bytes of the bodies in one page. A page ends before the entry that would pass it, but has at least one
     * entry.
     */
    long PAGE_BYTES = 256 << 10;

    /**
     * Reads a part of a room's log. A room without entries has an empty page, which is no failure.
     *
     * @param range any range: positions before the first entry and after the last one are allowed; with a limit below 1
     *     the page has no entries
     * @throws SQLException when the database can't be read
     */
    Page page(RoomName room, Range range) throws SQLException;

    /**
     * As {@link #page}, with a {@link dev.parley.message.Body.Reference} in place of each attachment, whose bytes are not read.
     *
     * @throws SQLException when the database can't be read
     */
    Page references(RoomName room, Range range) throws SQLException;

    /**
     * Reads a part of an attachment, as {@link dev.parley.log.MessageLog#readAttachment} describes.
     *
     * @throws SQLException when the database can't be read
     */
    Optional<AttachmentPart> attachment(RoomName room, long seq, long offset, int length) throws SQLException;

    /**
     * Whether a user has stored a message under this id in a room, and its id is still known.
     *
     * @param user the key of the user
     * @param id the sender's id for the message
     * @throws SQLException when the database can't be read
     */
    boolean isStored(RoomName room, String user, String id) throws SQLException;

    /**
     * How far each user of a room has read.
     *
     * @return by the keys of the users; a map that the caller may change
     * @throws SQLException when the database can't be read
     */
    Map<String, Long> marks(RoomName room) throws SQLException;

    /**
     * The unread direct rooms of a user, as {@link dev.parley.log.MessageLog#unread} describes; only marks that are stored count.
     *
     * @param user the key of the user
     * @throws SQLException when the database can't be read
     */
    List<UnreadRoom> unread(String user) throws SQLException;

    /**
     * Calls {@code each} with every reserved name, once, in any order.
     *
     * @throws SQLException when the database can't be read
     */
    void names(Consumer<UserName> each) throws SQLException;

    /** Reads standings and the audit log through this connection. The same object at each call. */
    ModerationReader moderation();

    /** Reads the positions of observers through this connection. The same object at each call. */
    ObserverReader observers();

    @Override
    void close() throws SQLException;
}

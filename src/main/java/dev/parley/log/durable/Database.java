package dev.parley.log.durable;

import dev.parley.message.Body;
import dev.parley.message.ParleyException;
import java.sql.SQLException;

/**
 * Where a {@link GroupCommitLog} stores its entries; open from the moment it exists. An implementation is one package that
 * nothing else knows, but for the one place where the database is chosen.
 *
 * <p>Threads: the methods of this interface are thread-safe. An {@link Appender} and a {@link Reader} are used by one thread at
 * a time, several of them at the same time, and none of them on a thread that serves others: their methods may wait for a
 * disk or a network. {@link #epoch}, {@link #checkSpace} and {@link #concernsOneRow} are called on threads that must not
 * wait, and never do.
 *
 * <p>Durability: what {@link Appender#commit} returned from is there after a crash of the process and after a power cut.
 * What was not committed is not there in any part.
 *
 * <p>Interrupts: a container interrupts threads when it undeploys. An interrupt must neither end a call nor break a connection.
 */
public interface Database extends AutoCloseable {
    /**
     * The name of the log in this database, made with its tables: at least 16 characters that are the same for ever. A log
     * that was restored from a backup has another one.
     */
    String epoch();

    /**
     * Opens a connection for writing. The log has one at a time, and closes it after any failure that does not concern one row.
     *
     * @throws SQLException when the database can't be reached now; another try may succeed
     */
    Appender appender() throws SQLException;

    /**
     * Opens a connection for reading. The log has a few, and closes one after any failure.
     *
     * @throws SQLException when the database can't be reached now; another try may succeed
     */
    Reader reader() throws SQLException;

    /**
     * Whether an appender failed because of one draft or mark, such as one that breaks a constraint, so that others may still
     * be stored. Everything else concerns the whole database.
     */
    boolean concernsOneRow(SQLException failure);

    /**
     * Checks that there is space for such a body. Asked for each draft before it is queued; answers from what is known, without
     * a look at the disk.
     *
     * @throws ParleyException with {@code unavailable} where space is short
     */
    void checkSpace(Body body);

    /**
     * Ends the database, and lets go of what it holds, so that the same one can be opened again. Called once, by the log's
     * writer, when all appenders and readers are closed. May wait for a disk.
     */
    @Override
    void close();

    /** Where the database is, as a part of the sentence "can't open the log …". */
    @Override
    String toString();
}

package dev.parley.log.durable;

import dev.parley.message.Body;
import dev.parley.message.ParleyException;
import java.sql.SQLException;

/**
 * The database in which a {@link GroupCommitLog} stores its entries; it is open as soon as the object exists. An
 * implementation is one package, and only the one place where the database is chosen depends on it.
 *
 * <p>Threads: the methods of this interface are thread-safe. Each {@link Appender} and each {@link Reader} is used by
 * one thread at a time; several of them are used at the same time. Their methods may wait for a disk or a network, so
 * they are never called on a loop or a container's thread. {@link #epoch}, {@link #checkSpace} and
 * {@link #concernsOneRow} are called on threads that must not wait, so they must never wait.
 *
 * <p>Durability: after {@link Appender#commit} has returned, its transaction outlives a crash of the process and a
 * power cut. No part of a transaction that was not committed is ever visible.
 *
 * <p>In memory: a database that keeps nothing on a disk promises all of this but durability. Its entries end with
 * {@link #close} or with the process, and each time that it is opened it is another log: its {@link #epoch} is new, so
 * that no client resumes from a position of the log before.
 *
 * <p>Interrupts: a container interrupts threads when it undeploys an application. An interrupt must neither end a call
 * nor break a connection.
 */
public interface Database extends AutoCloseable {
    /**
     * The name of the log in this database, made together with its tables: at least 16 characters that never change. A
     * log that was restored from a backup gets a new name.
     */
    String epoch();

    /**
     * The key with which the server signs sessions. It is made with the log, and is the same as long as the log is
     * there and for all processes that share it: a session that was signed before a crash or by another process must be
     * valid. It is no part of a backup, and nobody but the owner of the server may read it, because a reader of the key
     * can become any guest. A database with a folder keeps it in a file there ({@code SessionKey.of}).
     * A database in memory makes a new one each time that it is opened ({@code SessionKey.create}); then returning
     * guests become new guests. May wait for a disk.
     *
     * @return 32 bytes
     * @throws ParleyException with {@code unavailable} if the key can't be read or made
     */
    byte[] sessionKey();

    /**
     * Opens a connection for writing. The log has one appender at a time, and closes it after every failure that does
     * not concern one row.
     *
     * @throws SQLException when the database can't be reached now; another try may succeed
     */
    Appender appender() throws SQLException;

    /**
     * Opens a connection for reading. The log has a few readers, and closes a reader after each of its failures.
     *
     * @throws SQLException when the database can't be reached now; another try may succeed
     */
    Reader reader() throws SQLException;

    /**
     * Whether an appender failed because of one draft or mark, for example because it breaks a constraint. Then the
     * others can still be stored. Every other failure concerns the whole database.
     */
    boolean concernsOneRow(SQLException failure);

    /**
     * Checks that there is space for this body. Called for each draft before it is queued. It decides from the last
     * known values and does not access the disk.
     *
     * @throws ParleyException with {@code unavailable} if space is short
     */
    void checkSpace(Body body);

    /**
     * Closes the database and releases its resources, so that it can be opened again. Called once, by the log's writer,
     * after all appenders and readers are closed, or by the log's opener if the log can't be opened. May wait for a
     * disk.
     */
    @Override
    void close();

    /** The place of the database, such as a path or "memory": it follows "can't open the log " and "data in ". */
    @Override
    String toString();
}

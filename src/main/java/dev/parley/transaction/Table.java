package dev.parley.transaction;

import dev.parley.message.ParleyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The table of messages in the application's database, in SQL that databases share. Thread-safe. Each method waits for the database.
 *
 * <p>No row is locked by reading: the log is open in one process, which alone reads the rows of its store, and a message that is
 * appended twice is one entry. Rows that are skipped because another one has locked them would come in the wrong order.
 */
final class Table {
    /** What one read takes, so that the memory is bounded. */
    private static final int MOST_ROWS = 500;

    private static final long MOST_BYTES = 4L << 20;
    /** The store of rows that are no messages, so that the rows behind them are sent. */
    private static final String REJECTED = "rejected";
    /** The store of the row that is only there to be rolled back. */
    private static final String TRIAL = "trial";

    private static final Row TRIAL_ROW = new Row(TRIAL, TRIAL, null, TRIAL, null, null, null, new byte[0]);
    private static final String NO_PART = "the data source takes no part in JTA transactions";

    private final Jta jta;
    private final DataSource source;
    private final String store;
    /** Why the table can't be used yet; null if it can. */
    private volatile String obstacle = "the database has not been asked";
    /** Whether a connection in a transaction says that it commits by itself, although a rollback removes what it has stored. */
    private volatile boolean isAutoCommitWrong;

    /** What one read has found: all rows with ids up to {@code upTo}, in the order of their ids. */
    record Rows(Map<Long, Row> rows, long upTo) {}

    /** @param store whose messages these are, when several applications use one database; at most 255 characters */
    Table(Jta jta, DataSource source, String store) {
        this.jta = jta;
        this.source = source;
        this.store = store;
    }

    /**
     * Makes the table if it is missing, and tries a rollback. Called without a transaction. Before its first success, no row can be
     * added.
     *
     * @throws SQLException also if the connections do not commit by themselves outside transactions: a connection that takes no part
     *     in a transaction could not be told from one that does
     */
    void make() throws SQLException {
        if (obstacle == null) {
            return;
        }
        try {
            TableDefinition.apply(source);
            tryRollback();
            obstacle = null;
        } catch (SQLException e) {
            obstacle = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /**
     * Where a connection in a transaction says that it commits by itself, this row shows whether it does. PostgreSQL's driver
     * 42.7.14 says so of its XA connections, and it is not true.
     *
     * <p>The transaction is over before the row is looked for, so a database whose readers wait for writers answers too. The row is
     * looked for by deleting it: a query could be answered by a copy of the database that does not have the row yet.
     */
    private void tryRollback() throws SQLException {
        Optional<Long> added = jta.rollBack(() -> {
            try (Connection connection = source.getConnection()) {
                return connection.getAutoCommit()
                        ? Optional.of(insert(connection, TRIAL, TRIAL_ROW))
                        : Optional.empty();
            }
        });
        isAutoCommitWrong = added.isPresent() && !deleteTrial(added.get());
    }

    /** Returns whether the row was there. */
    private boolean deleteTrial(long id) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "delete from parley_outbox where id = ? and store = '" + TRIAL + "'")) {
            delete.setLong(1, id);
            return delete.executeUpdate() > 0;
        }
    }

    /**
     * Adds a row in the transaction of the thread.
     *
     * @return its id
     * @throws SQLException also if the table is not made yet, or the connection takes no part in the transaction: then a rollback
     *     would not remove the row
     */
    long add(Row row) throws SQLException {
        String why = obstacle;
        if (why != null) {
            throw new SQLException("parley_outbox can't be used yet: " + why);
        }
        try (Connection connection = source.getConnection()) {
            if (isOutside(connection)) {
                throw new SQLException(NO_PART);
            }
            long id = insert(connection, store, row);
            checkTransaction(connection, id);
            return id;
        }
    }

    private static long insert(Connection connection, String store, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                    insert into parley_outbox
                        (store, room, sender, user_id, message_id, media, file_name, kind, bytes, content)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, new String[] {"id"})) {
            insert.setString(1, store);
            insert.setString(2, row.room());
            insert.setString(3, row.sender());
            insert.setString(4, row.userId());
            insert.setString(5, row.messageId());
            insert.setString(6, row.media());
            insert.setString(7, row.fileName());
            insert.setString(8, row.kind());
            insert.setInt(9, row.content().length);
            insert.setBytes(10, row.content());
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /**
     * After a timeout, a container may roll back on another thread before the insert. Then the insert commits by itself.
     *
     * @throws SQLException if the row may have missed the transaction; it is deleted
     */
    private void checkTransaction(Connection connection, long id) throws SQLException {
        if (isOutside(connection)) {
            try (PreparedStatement delete = connection.prepareStatement("delete from parley_outbox where id = ?")) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
            throw new SQLException("the transaction has ended");
        }
    }

    /** Whether what is stored now commits by itself. Where the connection does not tell, the transaction does. */
    private boolean isOutside(Connection connection) throws SQLException {
        if (!isAutoCommitWrong) {
            return connection.getAutoCommit();
        }
        try {
            return !jta.isInTransaction();
        } catch (ParleyException e) {
            return true;
        }
    }

    /** Reads the oldest rows. */
    Rows oldest() throws SQLException {
        try (Connection connection = source.getConnection()) {
            List<Long> ids = new ArrayList<>();
            boolean isAll = list(ids, connection);
            // Rows that are committed after the list may have smaller ids. They come with the next read.
            Map<Long, Row> rows = ids.isEmpty() ? Map.of() : rows(ids, connection);
            return new Rows(rows, isAll ? Long.MAX_VALUE : ids.get(ids.size() - 1));
        }
    }

    /** Adds the ids of the oldest rows that fit into the memory for one read. Returns whether these are all rows. */
    private boolean list(List<Long> ids, Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select id, bytes from parley_outbox where store = ? order by id")) {
            query.setMaxRows(MOST_ROWS + 1);
            query.setString(1, store);
            long bytes = 0;
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    bytes += row.getLong(2);
                    if (ids.size() == MOST_ROWS || !ids.isEmpty() && bytes > MOST_BYTES) {
                        return false;
                    }
                    ids.add(row.getLong(1));
                }
            }
            return true;
        }
    }

    private static Map<Long, Row> rows(List<Long> ids, Connection connection) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
        try (PreparedStatement query = connection.prepareStatement("""
                select id, room, sender, user_id, message_id, media, file_name, kind, content from parley_outbox
                where id in (%s) order by id
                """.formatted(marks))) {
            for (int i = 0; i < ids.size(); i++) {
                query.setLong(i + 1, ids.get(i));
            }
            Map<Long, Row> rows = new LinkedHashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.put(
                            row.getLong(1),
                            new Row(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getString(7),
                                    row.getString(8),
                                    row.getBytes(9)));
                }
            }
            return rows;
        }
    }

    /** These are in the log. */
    void delete(Collection<Long> ids) throws SQLException {
        change("delete from parley_outbox where id = ?", ids);
    }

    /** These can't be sent. They stay in the table, for the operator. */
    void reject(Collection<Long> ids) throws SQLException {
        change("update parley_outbox set store = '" + REJECTED + "' where id = ?", ids);
    }

    private void change(String sql, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Long id : ids) {
                    statement.setLong(1, id);
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}

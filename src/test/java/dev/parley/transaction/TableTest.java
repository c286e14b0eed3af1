package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import jakarta.transaction.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one read of the table takes, and which rows it promises to have found. */
class TableTest {
    @TempDir
    Path folder;

    private DataSource database;
    private Table table;

    /** A database without tables. */
    DataSource newDatabase() throws Exception {
        return JtaDataSource.h2(folder);
    }

    /** The database that was made last, without transactions. */
    DataSource plain() {
        return JtaDataSource.plainH2(folder);
    }

    @BeforeEach
    void open() throws Exception {
        database = newDatabase();
        table = new Table(Shop.jta(), database, "shop");
    }

    @Test
    void aReadTakesSoManyRowsAndSaysHowFarItHasFoundAll() throws Exception {
        table.make();
        List<Long> ids = add(501, 1);
        Table.Rows first = table.oldest();
        assertThat(first.rows().keySet()).containsExactlyElementsOf(ids.subList(0, 500));
        assertThat(first.upTo()).isEqualTo(ids.get(499));
        table.delete(first.rows().keySet());
        Table.Rows second = table.oldest();
        assertThat(second.rows().keySet()).containsExactly(ids.get(500));
        assertThat(second.upTo()).isEqualTo(Long.MAX_VALUE);
        table.delete(second.rows().keySet());
        assertThat(table.oldest()).isEqualTo(new Table.Rows(Map.of(), Long.MAX_VALUE));
    }

    @Test
    void aReadTakesSoManyBytesButOneRowAtLeast() throws Exception {
        table.make();
        List<Long> ids = new ArrayList<>(add(1, 5 << 20));
        ids.addAll(add(3, 2 << 20));
        for (List<Long> expected : List.of(ids.subList(0, 1), ids.subList(1, 3), ids.subList(3, 4))) {
            Table.Rows read = table.oldest();
            assertThat(read.rows().keySet()).containsExactlyElementsOf(expected);
            table.delete(expected);
        }
    }

    @Test
    void theSenderOfARowIsTheApplicationOrAUser() throws Exception {
        table.make();
        add(1, 1);
        Shop.inTransaction(
                () -> table.add(new Row("shop", "ann", "ann@example.com", "m", null, null, null, new byte[1])));
        assertThat(table.oldest().rows().values())
                .extracting(Row::sender, Row::userId)
                .containsExactly(tuple("server", null), tuple("ann", "ann@example.com"));
    }

    /** Such a table may have messages that wait. They are of the application. */
    @Test
    void aTableOfAnEarlierVersionIsChangedAndKeepsItsRows() throws Exception {
        makeEarlier();
        execute("insert into parley_outbox (store, room, sender, message_id, bytes, content)"
                + " values ('shop', 'shop', 'server', 'm-1', 0, '')");
        table.make();
        Shop.inTransaction(() -> table.add(new Row("shop", "ann", "ann", "m-2", null, null, null, new byte[1])));
        assertThat(table.oldest().rows().values())
                .extracting(Row::messageId, Row::userId)
                .containsExactly(tuple("m-1", null), tuple("m-2", "ann"));
    }

    @Test
    void aTableOfAnEarlierVersionThatCanNotBeChangedIsNotUsed() throws Exception {
        makeEarlier();
        table = new Table(
                Shop.jta(),
                Faults.proxy(DataSource.class, (open, none) -> {
                    Connection connection = (Connection) open.invoke(database, none);
                    return Faults.proxy(Connection.class, (method, arguments) -> {
                        Object made = method.invoke(connection, arguments);
                        return made instanceof Statement statement && !(made instanceof PreparedStatement)
                                ? Faults.proxy(Statement.class, (execute, sql) -> {
                                    if (sql != null && sql[0].toString().startsWith("alter")) {
                                        throw new SQLException("permission denied");
                                    }
                                    return execute.invoke(statement, sql);
                                })
                                : made;
                    });
                }),
                "shop");
        assertThatThrownBy(table::make)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied")
                .hasMessageEndingWith("alter table parley_outbox add column user_id varchar(255)");
        assertThatThrownBy(() -> add(1, 1))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("can't be used yet")
                .hasMessageContaining("alter table");
    }

    private void makeEarlier() throws SQLException {
        execute("create table parley_outbox (id bigint generated by default as identity primary key,"
                + " store varchar(255) not null, room varchar(600) not null, sender varchar(255) not null,"
                + " message_id varchar(64) not null, media varchar(127), file_name varchar(255), kind varchar(64),"
                + " bytes int not null, content bytea not null)");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aRollbackRemovesARow() throws Exception {
        table.make();
        assertThatThrownBy(() -> Shop.inTransaction(() -> {
                    table.add(row(1, 1));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(allRows()).isZero();
    }

    @Test
    void aDataSourceWhoseRowsStayAfterARollbackIsRefused() throws Exception {
        assertRefused(Shop.jta(), plain());
    }

    /** Then there is only what the connection says. */
    @Test
    void aConnectionThatCommitsByItselfIsRefusedWhereNoRollbackCanBeTried() throws Exception {
        assertRefused(new Jta(new TransactionSynchronizationRegistryImple(), Optional::empty), plain());
    }

    private void assertRefused(Jta jta, DataSource outside) throws Exception {
        Table other = new Table(jta, outside, "shop");
        other.make();
        assertThatThrownBy(() -> Shop.inTransaction(() -> other.add(row(1, 1))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no part in JTA");
        assertThat(allRows()).isZero();
    }

    @Test
    void nothingCanBeAddedBeforeTheTableIsMade() {
        assertThatThrownBy(() -> add(1, 1)).isInstanceOf(SQLException.class).hasMessageContaining("can't be used yet");
    }

    @Test
    void aDatabaseWhoseErrorSaysNothingIsNotUsed() {
        table = new Table(
                Shop.jta(),
                Faults.proxy(DataSource.class, (method, arguments) -> {
                    throw new SQLException();
                }),
                "shop");
        assertThatThrownBy(table::make).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> add(1, 1)).isInstanceOf(SQLException.class).hasMessageContaining("can't be used yet");
    }

    /** After a timeout, the container rolls back on another thread: here just before the insert. */
    @Test
    void aRowThatHasMissedItsTransactionIsDeleted() throws Exception {
        var transactions = TransactionManager.transactionManager();
        AtomicReference<Connection> outside = new AtomicReference<>();
        table = new Table(
                Shop.jta(),
                Faults.proxy(DataSource.class, (open, none) -> {
                    Connection inside = (Connection) open.invoke(database, none);
                    return Faults.proxy(Connection.class, (method, arguments) -> {
                        boolean isInsert = method.getName().equals("prepareStatement")
                                && arguments[0].toString().startsWith("insert");
                        if (isInsert && outside.get() != null) {
                            transactions.rollback();
                        }
                        boolean hasEnded = transactions.getStatus() == Status.STATUS_NO_TRANSACTION;
                        return method.invoke(hasEnded && outside.get() != null ? outside.get() : inside, arguments);
                    });
                }),
                "shop");
        table.make();
        outside.set(plain().getConnection());
        transactions.begin();
        assertThatThrownBy(() -> table.add(row(1, 1)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("has ended");
        assertThat(allRows()).isZero();
    }

    private List<Long> add(int rows, int bytes) throws Exception {
        List<Long> ids = new ArrayList<>();
        Shop.inTransaction(() -> {
            for (int i = 0; i < rows; i++) {
                ids.add(table.add(row(i, bytes)));
            }
        });
        return ids;
    }

    private static Row row(int number, int bytes) {
        return new Row("shop", "server", null, "m-" + number, null, null, null, new byte[bytes]);
    }

    private long allRows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from parley_outbox")) {
            row.next();
            return row.getLong(1);
        }
    }
}

package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import jakarta.transaction.Status;
import java.nio.file.Path;
import java.sql.Connection;
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
        return new Row("shop", "server", "m-" + number, null, null, null, new byte[bytes]);
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

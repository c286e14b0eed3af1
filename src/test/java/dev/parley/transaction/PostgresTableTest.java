package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The same in PostgreSQL. */
class PostgresTableTest extends TableTest {
    private String url;

    @Override
    DataSource newDatabase() throws Exception {
        url = Postgres.newDatabase();
        return JtaDataSource.postgres(url);
    }

    @Override
    DataSource plain() {
        return JtaDataSource.plainPostgres(url);
    }

    /** If the driver says the truth one day, there is no need to try a rollback. */
    @Test
    void aConnectionInATransactionSaysThatItCommitsByItself() throws Exception {
        Shop.inTransaction(() -> {
            try (Connection connection = JtaDataSource.postgres(url).getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        });
    }
}

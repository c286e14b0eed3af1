package dev.parley.transaction;

import java.util.List;

/** The same with PostgreSQL as the database of the application. */
class PostgresKillTest extends OutboxKillTest {
    @Override
    List<String> url() throws Exception {
        return List.of(Postgres.newDatabase());
    }
}

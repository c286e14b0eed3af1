package dev.parley.transaction;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of PostgreSQL for the tests of this process. It ends with the process. Thread-safe. */
final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;

    private Postgres() {}

    /** Makes an empty database, and returns its URL. The first call starts the server. */
    static synchronized String newDatabase() throws IOException, SQLException {
        if (server == null) {
            server = EmbeddedPostgres.start();
        }
        String name = "shop" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }
}

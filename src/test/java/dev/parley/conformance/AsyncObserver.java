package dev.parley.conformance;

import dev.parley.message.Entry;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An application's bean that asks its database about each entry, beside all else. */
@ApplicationScoped
class AsyncObserver {
    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Inject
    private Observed observed;

    void hear(@ObservesAsync Entry entry) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            observed.found(AsyncObserver.class, entry.room(), row.getString(1));
        }
    }
}

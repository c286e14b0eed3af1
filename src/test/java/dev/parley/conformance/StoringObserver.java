package dev.parley.conformance;

import dev.parley.message.Entry;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An application's bean that asks its database about each entry, by a resource that it names itself. */
@ApplicationScoped
class StoringObserver {
    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Inject
    private Observed observed;

    void hear(@Observes @Priority(3_000) Entry entry, Observed.InRequest request) throws SQLException {
        observed.found(Observed.InRequest.class, entry.room(), request.id());
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            observed.found(StoringObserver.class, entry.room(), row.getString(1));
        }
    }
}

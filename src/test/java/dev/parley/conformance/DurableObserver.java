package dev.parley.conformance;

import dev.parley.Durable;
import dev.parley.message.Entry;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** An application's bean with a position in each room, which fails at its first try for each entry. */
@ApplicationScoped
class DurableObserver {
    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Inject
    private Observed observed;

    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    void hear(@Observes @Durable("beans") Entry entry, Observed.InRequest request) throws SQLException {
        if (tried.add(entry.room() + " " + entry.seq())) {
            throw new IllegalStateException("this observer fails once on purpose");
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            observed.found(
                    DurableObserver.class,
                    entry.room(),
                    row.getString(1) + " " + !request.id().isEmpty());
        }
    }
}

package dev.parley.log.durable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** The one appender in use: opened when it is needed, and closed after a failure. For the writer's thread. */
final class CurrentAppender {
    private static final Logger LOG = System.getLogger(CurrentAppender.class.getName());

    private final Database database;
    /** Null if the next use must open one. */
    private Appender appender;

    CurrentAppender(Database database) {
        this.database = database;
    }

    /** @throws SQLException the database can't be reached */
    Appender get() throws SQLException {
        if (appender == null) {
            appender = database.appender();
        }
        return appender;
    }

    /** Closes it, if there is one. */
    void drop() {
        Appender dropped = appender;
        appender = null;
        try {
            if (dropped != null) {
                dropped.close();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection of the log could not be closed", e);
        }
    }
}

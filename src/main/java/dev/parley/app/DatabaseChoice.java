package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.log.durable.Database;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.ParleyException;
import jakarta.enterprise.context.Dependent;

/** The one place where the database of the log is chosen. Stateless. */
@Dependent
class DatabaseChoice {
    /**
     * Opens the database. Waits for the disk.
     *
     * @throws ParleyException with {@code unavailable} if it can't be opened
     */
    Database open(Settings settings) {
        return SqliteDatabase.open(settings.data(), settings.diskFree(), new Threads("log"));
    }
}

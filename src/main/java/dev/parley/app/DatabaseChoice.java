package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import dev.parley.log.durable.Database;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.ParleyException;
import jakarta.enterprise.context.Dependent;
import java.util.Map;
import java.util.function.Function;

/** The one place where the database of the log is chosen. Stateless. */
@Dependent
class DatabaseChoice {
    /** The databases, by their names in {@code parley.database}. */
    static final Map<String, Function<Settings, Database>> BY_NAME =
            Map.of("sqlite", settings -> SqliteDatabase.open(settings.data(), settings.diskFree(), new Threads("log")));

    /**
     * Opens the database. Waits for the disk.
     *
     * @throws SettingsException if no database has the name that is set
     * @throws ParleyException with {@code unavailable} if it can't be opened
     */
    Database open(Settings settings) {
        return settings.database().among(BY_NAME).apply(settings);
    }
}

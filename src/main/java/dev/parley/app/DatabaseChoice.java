package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import dev.parley.log.durable.Database;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.ParleyException;
import jakarta.enterprise.context.Dependent;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Function;

/** The one place where the database of the log is chosen. Stateless. */
@Dependent
class DatabaseChoice {
    /** The databases, by their names in {@code parley.database}. */
    static final Map<String, Function<Settings, Database>> BY_NAME =
            Map.of("sqlite", settings -> SqliteDatabase.open(settings.data(), settings.diskFree(), new Threads("log")));

    /**
     * Opens the database, and logs a warning if it is in a temporary folder, or not where an earlier version kept it. Waits for the disk.
     *
     * @throws SettingsException if no database has the name that is set
     * @throws ParleyException with {@code unavailable} if it can't be opened
     */
    Database open(Settings settings) {
        Database database = settings.database().among(BY_NAME).apply(settings);
        System.Logger log = System.getLogger(DatabaseChoice.class.getName());
        if (settings.hasTemporaryData()) {
            log.log(
                    Level.WARNING,
                    "The data are below the temporary folder, in {0}, and may be lost at a restart. Set parley.data to a"
                            + " permanent folder.",
                    settings.data());
        }
        settings.formerData()
                .ifPresent(former -> log.log(
                        Level.WARNING,
                        "An earlier version may have kept the data in {0}, which is not used. The data are in {1}. To use the"
                                + " old ones, stop the server, and move them or set parley.data.",
                        former,
                        settings.data()));
        return database;
    }
}

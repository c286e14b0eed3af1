package dev.parley.config;

import java.util.Optional;

/**
 * The table for messages that wait for the commit of a transaction. Immutable.
 *
 * @param dataSource the JNDI name of the database
 * @param store names the application among those that use the database
 */
public record OutboxSettings(String dataSource, String store) {
    private static final int MOST_OF_STORE = 100;

    /**
     * Empty if no data source is set.
     *
     * @param application empty for the application at the root context
     */
    static Optional<OutboxSettings> of(SettingSource source, String application) {
        String store = source.parse(Setting.OUTBOX_STORE, OutboxSettings::store);
        return source.text(Setting.OUTBOX_DATASOURCE)
                .map(name -> new OutboxSettings(name, application.isEmpty() ? store : store + "/" + application));
    }

    private static String store(String name) {
        if (name.length() > MOST_OF_STORE) {
            throw new IllegalArgumentException();
        }
        return name;
    }
}

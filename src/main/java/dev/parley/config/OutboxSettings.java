package dev.parley.config;

import java.util.Optional;
import java.util.Set;

/**
 * The table for messages that wait for the commit of a transaction. Immutable.
 *
 * @param dataSource the JNDI name of the database
 * @param store names the application among those that use the database
 */
public record OutboxSettings(String dataSource, String store) {
    private static final int MOST_OF_NAME = 100;
    /** The column of the table. */
    private static final int MOST_OF_STORE = 255;
    /** The stores of rows that are no messages, and of a row that tries a rollback. */
    private static final Set<String> OWN = Set.of("rejected", "trial");

    /**
     * Empty if no data source is set.
     *
     * @param application empty for the application at the root context
     * @throws SettingsException if the name of the application is too long
     */
    static Optional<OutboxSettings> of(SettingSource source, String application) {
        String name = source.parse(Setting.OUTBOX_STORE, OutboxSettings::name);
        String store = application.isEmpty() ? name : name + "/" + application;
        Optional<OutboxSettings> outbox =
                source.text(Setting.OUTBOX_DATASOURCE).map(dataSource -> new OutboxSettings(dataSource, store));
        if (outbox.isPresent() && store.length() > MOST_OF_STORE) {
            throw new SettingsException(
                    ("With %s, the name of the application has at most %d characters here, but '%s' has %d:"
                                    + " give it a shorter context path.")
                            .formatted(
                                    Setting.OUTBOX_DATASOURCE.key(),
                                    MOST_OF_STORE - name.length() - 1,
                                    application,
                                    application.length()));
        }
        return outbox;
    }

    private static String name(String text) {
        if (text.length() > MOST_OF_NAME || OWN.contains(text)) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}

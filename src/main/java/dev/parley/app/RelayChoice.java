package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import dev.parley.room.LocalRelay;
import dev.parley.room.Relay;
import jakarta.enterprise.context.Dependent;
import java.util.Map;
import java.util.function.Function;

/** The one place where the relay between nodes is chosen. Stateless. */
@Dependent
class RelayChoice {
    /** The relays, by their names in {@code parley.relay}. */
    static final Map<String, Function<Settings, Relay>> BY_NAME = Map.of("local", settings -> new LocalRelay());

    /**
     * Makes the relay. {@code Rooms} starts it.
     *
     * @throws SettingsException if no relay has the name that is set
     */
    Relay open(Settings settings) {
        return settings.relay().among(BY_NAME).apply(settings);
    }
}

package dev.parley.config;

import java.util.Collection;

/** A place with settings, such as the environment variables. Thread-safe. */
public interface SettingPlace {
    /**
     * The text of a setting; null or blank if this place does not have it.
     *
     * @throws SettingsException if the place has the setting, but can't give its text
     */
    String text(Setting setting);

    /** Where this place has a setting, for people, such as {@code the system property parley.port}. */
    String describe(Setting setting);

    /** The names of all properties here. A name {@code parley.*} that is no setting is a mistake. */
    Collection<String> names();

    /** The kind of these properties, for people, such as {@code a system property}. */
    String kind();
}

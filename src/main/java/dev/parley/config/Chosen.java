package dev.parley.config;

import java.util.Map;
import java.util.TreeSet;

/**
 * A setting that names one of several parts of the server: which parts there are, the code that chooses among them
 * knows. Immutable.
 *
 * @param name the value of the setting, or its default
 * @param source where the value is from, for people
 */
public record Chosen(Setting setting, String name, String source) {
    /**
     * The part with this name.
     *
     * @param parts all parts, by their names
     * @throws SettingsException if no part has this name
     */
    public <T> T among(Map<String, T> parts) {
        T part = parts.get(name);
        if (part == null) {
            throw new SettingsException("%s is '%s' (from %s), but must be %s."
                    .formatted(setting.key(), name, source, String.join(" or ", new TreeSet<>(parts.keySet()))));
        }
        return part;
    }
}

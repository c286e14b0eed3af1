package dev.parley.config;

import java.util.Collection;
import java.util.Map;

/**
 * Properties by their names, such as {@code parley.port}. Immutable.
 *
 * @param of what each of them is, such as {@code system property}
 */
public record Properties(String of, Map<String, String> properties) implements SettingPlace {
    public Properties {
        properties = Map.copyOf(properties);
    }

    @Override
    public String text(Setting setting) {
        return properties.get(setting.key());
    }

    @Override
    public String describe(Setting setting) {
        return "the " + of + " " + setting.key();
    }

    @Override
    public Collection<String> names() {
        return properties.keySet();
    }

    @Override
    public String kind() {
        return "a " + of;
    }
}

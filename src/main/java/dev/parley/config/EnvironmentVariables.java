package dev.parley.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Environment variables, such as {@code PARLEY_PORT}. Their names are not checked, because platforms set variables such as
 * PARLEY_SERVICE_HOST by themselves. Immutable.
 */
record EnvironmentVariables(Map<String, String> variables) implements SettingPlace {
    @Override
    public String text(Setting setting) {
        return variables.get(setting.variable());
    }

    @Override
    public String describe(Setting setting) {
        return "the environment variable " + setting.variable();
    }

    @Override
    public Collection<String> names() {
        return List.of();
    }

    @Override
    public String kind() {
        return "an environment variable";
    }
}

package dev.parley.app;

import dev.parley.config.Properties;
import dev.parley.config.SettingPlace;
import dev.parley.config.SettingsException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings in the {@value #NAME} of a web application that MicroProfile Config does not have. So it is where a server has no
 * MicroProfile Config, and in Payara 6 for a WAR in an EAR: Payara looks for the file of the EAR alone. A setting that
 * is ignored without a word, such as {@code parley.guests=false}, would open what the application wants closed. Stateless.
 */
final class ConfigFile {
    static final String NAME = "META-INF/microprofile-config.properties";

    private ConfigFile() {}

    /**
     * Reads the file.
     *
     * @param application the class loader of the web application
     * @param known the names that MicroProfile Config has
     * @throws SettingsException if a setting has an expression, because only MicroProfile Config resolves these
     */
    static SettingPlace of(ClassLoader application, Collection<String> known) {
        Map<String, String> settings = new TreeMap<>();
        try {
            for (URL file : Collections.list(application.getResources(NAME))) {
                read(file).forEach(settings::putIfAbsent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.keySet().removeIf(name -> !name.startsWith("parley.") || known.contains(name));
        settings.forEach((name, text) -> {
            if (text.contains("${")) {
                throw new SettingsException(
                        "%s has an expression ${…} in %s, which MicroProfile Config does not read here."
                                .formatted(name, NAME));
            }
        });
        return new Properties(NAME, settings);
    }

    private static Map<String, String> read(URL file) throws IOException {
        java.util.Properties properties = new java.util.Properties();
        try (Reader text = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
            properties.load(text);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}

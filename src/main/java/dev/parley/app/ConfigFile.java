package dev.parley.app;

import dev.parley.config.Properties;
import dev.parley.config.SettingPlace;
import dev.parley.config.SettingsException;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings in the {@value #NAME} of a web application that MicroProfile Config does not have. Some servers have no MicroProfile
 * Config, and Payara 6 reads the file of an EAR and not those of its WARs. A setting that is ignored without a word, such as
 * {@code parley.guests=false}, would open what the application wants closed. Stateless.
 */
final class ConfigFile {
    static final String NAME = "META-INF/microprofile-config.properties";

    /** MicroProfile Config 3.1: a backslash before an expression makes it text. */
    private static final Pattern EXPRESSION = Pattern.compile("(?<!\\\\)\\$\\{");

    private ConfigFile() {}

    /**
     * Reads the file of the WAR, and after it those that its class loader finds, of which each adds what is missing. A class loader may look
     * into the libraries of the server first.
     *
     * @throws SettingsException as the other method
     */
    static SettingPlace of(ServletContext application, Collection<String> known) {
        try {
            URL own = application.getResource("/WEB-INF/classes/" + NAME);
            return of(own == null ? Map.of() : read(own), application.getClassLoader(), known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the files that a class loader finds.
     *
     * @param known the names that MicroProfile Config has
     * @throws SettingsException if a setting has an expression, because only MicroProfile Config resolves these
     */
    static SettingPlace of(ClassLoader application, Collection<String> known) {
        return of(Map.of(), application, known);
    }

    private static SettingPlace of(Map<String, String> own, ClassLoader application, Collection<String> known) {
        Map<String, String> settings = new TreeMap<>(own);
        try {
            for (URL file : Collections.list(application.getResources(NAME))) {
                read(file).forEach(settings::putIfAbsent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.keySet().removeIf(name -> !name.startsWith("parley.") || known.contains(name));
        settings.replaceAll(ConfigFile::text);
        return new Properties(NAME, settings);
    }

    private static String text(String name, String value) {
        if (EXPRESSION.matcher(value).find()) {
            throw new SettingsException("%s has an expression ${…} in %s, which MicroProfile Config does not read here."
                    .formatted(name, NAME));
        }
        return value.replace("\\${", "${");
    }

    private static Map<String, String> read(URL file) throws IOException {
        java.util.Properties properties = new java.util.Properties();
        URLConnection connection = file.openConnection();
        // The cache would keep a jar file open after the application has ended.
        connection.setUseCaches(false);
        try (Reader text = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(text);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}

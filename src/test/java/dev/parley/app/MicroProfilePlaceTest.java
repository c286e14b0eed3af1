package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Setting;
import dev.parley.config.SettingPlace;
import dev.parley.config.SettingsException;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MicroProfile Config with an implementation that works, one that fails, and none. Containers have theirs in SettingsContainerIT. */
class MicroProfilePlaceTest {
    private static final String PROVIDES = "return null;";
    private static final String FAILS = "throw new IllegalStateException(\"hush-hush\");";

    @TempDir
    private Path folder;

    @Test
    void withoutTheApiThereIsNone() throws Exception {
        try (URLClassLoader loader = loader()) {
            assertThat(MicroProfilePlace.find(loader)).isEmpty();
        }
    }

    @Test
    void withTheApiAloneThereIsNone() throws Exception {
        compile(FAILS, "return new Config();", "return java.util.List.of();");
        try (URLClassLoader loader = loader()) {
            assertThat(MicroProfilePlace.find(loader)).isEmpty();
        }
    }

    @Test
    void itsNamesAndValuesAreRead() throws Exception {
        compile(PROVIDES, "return new Config();", "return java.util.List.of(\"parley.rate\");");
        try (URLClassLoader loader = loader()) {
            Optional<SettingPlace> place = MicroProfilePlace.find(loader);
            assertThat(place).isPresent();
            assertThat(place.get().names()).containsExactly("parley.rate");
            assertThat(place.get().text(Setting.RATE)).isEqualTo("of parley.rate");
            assertThat(place.get().describe(Setting.RATE)).isEqualTo("MicroProfile Config, source file");
        }
    }

    @Test
    void anApplicationReadsItOnce() throws Exception {
        compile(PROVIDES, "return new Config();", "return java.util.List.of(\"parley.rate\");");
        ServletContext shop = application();
        try (URLClassLoader loader = loader()) {
            SettingPlace first = ContainerSettings.microProfile(shop, loader).orElseThrow();
            assertThat(ContainerSettings.microProfile(shop, loader)).containsSame(first);
            assertThat(ContainerSettings.microProfile(application(), loader).orElseThrow())
                    .isNotSameAs(first);
        }
    }

    /** A web application that keeps attributes, and nothing else. */
    private static ServletContext application() {
        Map<Object, Object> attributes = new HashMap<>();
        return (ServletContext) Proxy.newProxyInstance(
                MicroProfilePlaceTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> attributes.get(arguments[0]);
                    case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"getConfig", "getPropertyNames", "next"})
    void ifItFailsTheStartEndsAndShowsNoSecret(String method) throws Exception {
        String lazy = "return () -> new java.util.Iterator<String>() {"
                + " public boolean hasNext() { return true; } public String next() { " + FAILS + " } };";
        compile(
                PROVIDES,
                method.equals("getConfig") ? FAILS : "return new Config();",
                method.equals("next") ? lazy : FAILS);
        try (URLClassLoader loader = loader()) {
            assertThatThrownBy(() -> MicroProfilePlace.find(loader))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage(
                            "The settings can't be read: MicroProfile Config failed with"
                                    + " java.lang.IllegalStateException. Its text is left out, because it may have a part of a secret.")
                    .hasNoCause();
        }
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }

    /** The API as far as it is called, with these bodies of {@code instance}, {@code getConfig} and {@code getPropertyNames}. */
    private void compile(String instance, String config, String names) throws IOException {
        Map<String, String> sources = Map.of(
                "spi/ConfigProviderResolver",
                "package org.eclipse.microprofile.config.spi; public class ConfigProviderResolver {"
                        + " public static ConfigProviderResolver instance() { " + instance + " } }",
                "ConfigProvider",
                "package org.eclipse.microprofile.config; public class ConfigProvider {"
                        + " public static Config getConfig() { " + config + " } }",
                "Config",
                "package org.eclipse.microprofile.config; public class Config {"
                        + " public ConfigValue getConfigValue(String name) { return new ConfigValue(name); }"
                        + " public Iterable<String> getPropertyNames() { " + names + " } }",
                "ConfigValue",
                "package org.eclipse.microprofile.config; public record ConfigValue(String name) {"
                        + " public String getValue() { return \"of \" + name; }"
                        + " public String getRawValue() { return \"of \" + name; }"
                        + " public String getSourceName() { return \"file\"; } }");
        Path root = folder.resolve("org/eclipse/microprofile/config");
        Files.createDirectories(root.resolve("spi"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(root.resolve(source.getKey() + ".java"), source.getValue());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> units = sources.keySet().stream()
                    .map(name -> root.resolve(name + ".java"))
                    .toList();
            compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of("-proc:none", "-d", folder.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(units))
                    .call();
        }
        assertThat(complaints.toString()).isEmpty();
    }
}

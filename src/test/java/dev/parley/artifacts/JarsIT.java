package dev.parley.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jars that the build makes beside the WAR, and what is not. */
class JarsIT {
    private static final Path CLASSES = Path.of("target", "parley-classes.jar");
    private static final Path CLIENT = Path.of("target", "parley-client.jar");
    private static final Path TEST = Path.of("target", "parley-test.jar");
    private static final Path JAVADOC = Path.of("target", "parley-javadoc.jar");

    @Test
    void theClientJarHasTheClientAlone() throws IOException {
        assertThat(files(CLIENT))
                .contains("dev/parley/client/ChatClient.class", "dev/parley/message/joining.txt", "META-INF/LICENSE")
                .allMatch(file -> file.matches("dev/parley/(client|message|wire)/.*"
                        + "|META-INF/(MANIFEST.MF|LICENSE|maven/dev.parley/parley/.*)"));
    }

    @Test
    void theClassesJarHasTheModuleAndThePagesClient() throws IOException {
        assertThat(files(CLASSES))
                .contains(
                        "META-INF/beans.xml",
                        "META-INF/resources/parley/parley.js",
                        "dev/parley/endpoint/PathEndpoint.class")
                // Every container deploys an annotated class that it finds.
                .doesNotContain("dev/parley/endpoint/ChatEndpoint.class")
                .noneMatch(file -> file.matches("dev/parley/(cli|standalone|greeter|test)/.*"))
                .noneMatch(file -> file.endsWith(".html") || file.endsWith("page.js"));
    }

    @Test
    void theTestJarHasWhatUnitTestsUseAlone() throws IOException {
        assertThat(files(TEST))
                .contains("dev/parley/test/RecordingParley.class", "META-INF/LICENSE")
                .allMatch(file ->
                        file.matches("dev/parley/test/.*|META-INF/(MANIFEST.MF|LICENSE|maven/dev.parley/parley/.*)"));
    }

    @Test
    void theJavadocIsOfTheApiAlone() throws IOException {
        assertThat(files(JAVADOC).stream()
                        .filter(file -> file.endsWith("/package-summary.html"))
                        .map(file -> file.replace("/package-summary.html", "")))
                .containsExactlyInAnyOrder("dev/parley", "dev/parley/message", "dev/parley/client", "dev/parley/test");
    }

    @Test
    void eachJarIsAModuleWithAName() {
        assertThat(moduleName(CLASSES)).isEqualTo("dev.parley");
        assertThat(moduleName(CLIENT)).isEqualTo("dev.parley.client");
        assertThat(moduleName(TEST)).isEqualTo("dev.parley.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parley.war", "parley-servlet.war"})
    void eachArchiveNamesTheLicenceOfEachLibraryInIt(String archive) throws IOException {
        Path war = Path.of("target", archive);
        String notice;
        try (JarFile file = new JarFile(war.toFile())) {
            notice = new String(
                    file.getInputStream(file.getEntry("META-INF/NOTICE")).readAllBytes(), StandardCharsets.UTF_8);
        }
        Set<String> named = new HashSet<>(List.of(notice.split("[\\s,]+")));

        assertThat(files(war)).contains("META-INF/LICENSE");
        assertThat(files(war).stream()
                        .filter(file -> file.endsWith(".jar"))
                        .map(jar -> jar.replaceAll(".*/|-\\d.*", "")))
                .hasSizeGreaterThan(10)
                .allSatisfy(library -> assertThat(named).contains(library));
    }

    private static String moduleName(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor().name();
    }

    private static List<String> files(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}

package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package says in a sentence what it is, and whether it is API. */
class PackagesTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void everyPackageSaysWhatItIsAndWhetherItIsApi() {
        List<Path> folders = filesBelow(SOURCES)
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .distinct()
                .toList();

        assertThat(folders).isNotEmpty().allSatisfy(folder -> {
            Path file = folder.resolve("package-info.java");
            assertThat(file).exists();
            assertThat(Files.readString(file)).startsWith("/**").containsPattern("\\bAPI\\b|\\binternal\\b");
        });
    }

    /** The build makes the Javadoc of the same four. */
    @Test
    void fourPackagesAreApi() {
        assertThat(filesBelow(SOURCES)
                        .filter(file -> file.endsWith("package-info.java"))
                        .filter(file -> read(file).contains("This package is API"))
                        .map(file -> SOURCES.resolve("dev/parley")
                                .relativize(file.getParent())
                                .toString()))
                .containsExactlyInAnyOrder("", "message", "client", "test");
    }

    @Test
    void theMapInTheReadmeIsTheTree() throws IOException {
        try (Stream<Path> below = Files.list(SOURCES.resolve("dev/parley"))) {
            List<String> packages = below.filter(Files::isDirectory)
                    .map(folder -> "`" + folder.getFileName() + "`")
                    .toList();

            assertThat(Markdown.readme().rowsBelow(null, "How it is made").stream()
                            .map(row -> row.get(0)))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Stream.of("`dev.parley` itself"), packages.stream())
                                    .toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> filesBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

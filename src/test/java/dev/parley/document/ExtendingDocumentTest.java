package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code extending.md} names files and classes that exist, and leaves out none that somebody needs who adds something. */
class ExtendingDocumentTest {
    private static final Markdown PAGE = Markdown.named("extending.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
    private static final Pattern TESTS = Pattern.compile("-D(?:it\\.)?test=([\\w,]+)");
    /** Nested in a class that is named with them. */
    private static final Set<String> NESTED = Set.of("Reply", "News");

    @Test
    void eachFileThatIsNamedExists() {
        assertThat(named().filter(text -> text.startsWith("src/"))).isNotEmpty().allSatisfy(text -> {
            Path known = Path.of(text.replaceAll("<.*", ""));
            // A package for the first implementation is made with it.
            assertThat(text.contains("<") ? known.getParent() : known).exists();
        });
    }

    @Test
    void eachClassThatIsNamedExists() throws IOException {
        Set<String> classes = classes(Path.of("src"));

        assertThat(named().map(text -> text.replaceAll("[.(].*", ""))
                        .filter(text -> CLASS.matcher(text).matches() && !NESTED.contains(text)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(classes.contains(name)).as(name).isTrue());
    }

    @Test
    void eachTestOfACommandExists() throws IOException {
        Set<String> tests = classes(Path.of("src/test/java"));

        assertThat(PAGE.blocks().stream()
                        .flatMap(block -> block.lines().stream())
                        .flatMap(line -> TESTS.matcher(line).results())
                        .flatMap(match -> Arrays.stream(match.group(1).split(","))))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(tests.contains(name)).as(name).isTrue());
    }

    @Test
    void noChoiceAndNoContractIsLeftOut() throws IOException {
        Set<String> needed = Stream.concat(
                        classes(Path.of("src/main/java/dev/parley/app")).stream()
                                .filter(name -> name.endsWith("Choice")),
                        publicContracts())
                .collect(Collectors.toSet());

        assertThat(needed)
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(named()).contains(name));
    }

    private static Stream<String> publicContracts() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files
                    .filter(file -> file.toString().endsWith("Contract.java"))
                    .filter(ExtendingDocumentTest::isPublic)
                    .map(ExtendingDocumentTest::className)
                    .toList()
                    .stream();
        }
    }

    private static boolean isPublic(Path file) {
        try {
            return Files.readString(file).contains("public abstract class");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> named() {
        return PAGE.prose().stream()
                .flatMap(line -> CODE.matcher(line).results())
                .map(match -> match.group(1));
    }

    private static Set<String> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ExtendingDocumentTest::className)
                    .collect(Collectors.toSet());
        }
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}

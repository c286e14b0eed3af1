package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the OWASP cheat sheet names tests that exist. */
class SecurityDocumentTest {
    private static final Path TESTS = Path.of("src/test/java");
    /** Only this point is shown by no test. */
    private static final String WITHOUT_TEST = "dependencies kept up to date";

    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void eachPointNamesTestsThatExist() {
        List<List<String>> rows = Markdown.named("operations.md").rowsBelow(null, "Security");

        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(row -> {
            List<MatchResult> tests = TEST.matcher(row.get(2)).results().toList();
            assertThat(tests.isEmpty()).as(row.get(0)).isEqualTo(row.get(0).equals(WITHOUT_TEST));
            assertThat(tests)
                    .allSatisfy(test -> assertThat(source(test.group(1)))
                            .as(test.group())
                            .containsPattern("\\bvoid " + test.group(2) + "\\("));
        });
    }

    private static String source(String testClass) {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file = files.filter(each -> each.endsWith(testClass + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test class " + testClass));
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

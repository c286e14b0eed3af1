package dev.parley.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixPageTest {
    private static final Map<String, String> VERSIONS = Map.of("tomcat", "11.0.24", "jetty", "12.1.12");

    @TempDir
    private Path folder;

    @Test
    void aReportBecomesARowAndEachFailureOne() throws IOException {
        write("TEST-dev.parley.conformance.ServerIT-tomcat.xml", 3, "was <a> | b");
        write("TEST-dev.parley.cli.LoadIT-standalone.xml", 3, "elsewhere");

        String page = MatrixPage.page(Report.in(folder), VERSIONS, "");

        assertThat(page.lines().filter(line -> line.startsWith("| tomcat | 11.0.24 | 17.0.99 | ")))
                .singleElement()
                .asString()
                .endsWith(" | 1 of 3, 1 skipped | not run |");
        assertThat(page)
                .contains(
                        "| tomcat | 17.0.99 | ServerIT | itFails | java.lang.AssertionError: the root ← was &lt;a> \\| b more |")
                .doesNotContain("elsewhere");
    }

    @Test
    void thePageHasTheKnownDifferencesOfTheTests() throws IOException {
        assertThat(Files.readString(MatrixPage.PAGE)).endsWith(MatrixPage.knownDifferences());
    }

    @Test
    void theRowsOfAServerThatDidNotRunStay() throws IOException {
        write("TEST-dev.parley.conformance.ServerIT-tomcat.xml", 3, "first");
        String first = MatrixPage.page(Report.in(folder), VERSIONS, "");
        List<Report> second = List.of(new Report("jetty", "ServerIT", "17.0.99", 5, 0, List.of()));

        String page = MatrixPage.page(second, VERSIONS, first);

        assertThat(page)
                .contains("| tomcat | 11.0.24 |", "| itFails | java.lang.AssertionError: the root ← first more |");
        assertThat(page.lines().filter(line -> line.startsWith("| jetty | 12.1.12 |")))
                .hasSize(1);
        assertThat(MatrixPage.page(second, VERSIONS, page)).isEqualTo(page);
    }

    @Test
    void theRowsOnAnotherFeatureVersionOfJavaStay() {
        String page = "";
        for (String java : List.of("17.0.99", "25.0.1", "17.0.100")) {
            page = MatrixPage.page(List.of(new Report("jetty", "ServerIT", java, 5, 0, List.of())), VERSIONS, page);
        }

        assertThat(page.lines().filter(line -> line.startsWith("| jetty | 12.1.12 |")))
                .satisfiesExactly(
                        row -> assertThat(row).contains("| 17.0.100 |"),
                        row -> assertThat(row).contains("| 25.0.1 |"));
    }

    @Test
    void aRunWithoutTheConformanceSuiteReplacesNoRow() {
        String whole =
                MatrixPage.page(List.of(new Report("jetty", "ServerIT", "17.0.99", 5, 0, List.of())), VERSIONS, "");
        List<Report> part = List.of(new Report("jetty", "DrainServerIT", "17.0.99", 4, 0, List.of()));

        assertThat(MatrixPage.page(part, VERSIONS, whole)).isEqualTo(whole);
    }

    private void write(String name, int tests, String why) throws IOException {
        String escaped = why.replace("<", "&lt;");
        Files.writeString(folder.resolve(name), """
                <testsuite tests="%d" skipped="1"><properties><property name="java.version" value="17.0.99"/></properties>
                <testcase name="itFails"><failure message="&#10;%s&#10;more">trace
                Caused by: java.lang.IllegalStateException: between
                Caused by: java.lang.AssertionError: the root
                </failure></testcase>
                <testcase name="isSkipped"><skipped/></testcase><testcase name="itPasses"/></testsuite>
                """.formatted(tests, escaped));
    }
}

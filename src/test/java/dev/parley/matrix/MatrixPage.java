package dev.parley.matrix;

import dev.parley.conformance.KnownDifferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code matrix.md} from the reports of the last run. Rows of servers that were not in this run stay as they are, with their
 * own date; so do those on another feature version of Java. The build deletes the reports before each run. Stateless.
 */
public final class MatrixPage {
    static final Path PAGE = Path.of("src/site/markdown/matrix.md");
    private static final String HEAD = """
            # Servers

            `mvn verify -Pmatrix` runs the tests in all of these servers and writes this page. One server alone, here Tomcat:

            ```sh
            mvn verify -Dskip.servers=false -Dserver=tomcat -Dskip.standalone=true -Dskip.wildfly=true -Dskip.payara=true
            mvn exec:java@matrix -Pmatrix
            ```

            With `-Dcontainers.tested=` only the conformance suite runs in WildFly and Payara. Java is what Maven runs on: another `JAVA_HOME` makes
            other rows. A row is from the last run of its server that had the conformance suite.

            *Conformance* is the suite that sees a server from the other end of a socket: the same tests everywhere. *Others* are redeployment, drain,
            the clients, sign-in, transactions, the page and the examples, where the build runs them in this server.

            """;

    private MatrixPage() {}

    /** @param args the versions, such as {@code tomcat=11.0.24} */
    public static void main(String... args) throws IOException {
        Map<String, String> versions = Arrays.stream(args)
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        String before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        Files.writeString(PAGE, page(Report.in(Path.of("target/failsafe-reports")), versions, before));
    }

    static String page(List<Report> reports, Map<String, String> versions, String before) {
        Map<Report.Row, List<Report>> byRow = reports.stream().collect(Collectors.groupingBy(Report::row));
        byRow.values().removeIf(row -> row.stream().noneMatch(MatrixPage::isConformance));
        Predicate<Report.Row> ran = byRow::containsKey;
        StringBuilder page = new StringBuilder(HEAD);
        table(
                page,
                "| server | version | Java | date | conformance | others |\n|---|---|---|---|---|---|\n",
                rows(before, "| server | version", 3, ran),
                byRow.entrySet().stream()
                        .map(row -> row(
                                row.getKey().server(), versions.get(row.getKey().server()), row.getValue())));
        page.append("\n## Failed\n\n");
        table(
                page,
                "| server | Java | suite | test | why |\n|---|---|---|---|---|\n",
                rows(before, "| server | Java", 2, ran),
                byRow.values().stream().flatMap(List::stream).flatMap(MatrixPage::failed));
        return page.append(knownDifferences()).toString();
    }

    /** The last part of the page, which depends on no run. */
    static String knownDifferences() {
        StringBuilder part = new StringBuilder(
                "\n## Known differences\n\nThe tests allow these, in these servers alone. Parley can't mend them.\n\n");
        table(
                part,
                "| server | where | why |\n|---|---|---|\n",
                Stream.of(),
                KnownDifferences.all().stream().map(MatrixPage::known));
        return part.toString();
    }

    private static void table(StringBuilder page, String head, Stream<String> kept, Stream<String> made) {
        page.append(head);
        Stream.concat(kept, made).sorted().forEach(row -> page.append(row).append('\n'));
    }

    /**
     * The rows of one table of the earlier page that are not written again.
     *
     * @param java the number of the column with the version of Java
     */
    private static Stream<String> rows(String page, String head, int java, Predicate<Report.Row> ran) {
        List<String> rows = new ArrayList<>();
        boolean within = false;
        for (String line : page.lines().toList()) {
            within = line.startsWith(head) || within && line.startsWith("|");
            if (within && !line.startsWith(head) && !line.startsWith("|---")) {
                rows.add(line);
            }
        }
        return rows.stream().filter(row -> {
            String[] cells = row.split("\\|");
            return !ran.test(new Report.Row(cells[1].strip(), Report.feature(cells[java].strip())));
        });
    }

    private static String row(String server, String version, List<Report> reports) {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        server,
                        version,
                        reports.get(0).java(),
                        LocalDate.now(ZoneOffset.UTC),
                        passed(reports, MatrixPage::isConformance),
                        passed(reports, Predicate.not(MatrixPage::isConformance)));
    }

    private static String passed(List<Report> reports, Predicate<Report> which) {
        List<Report> some = reports.stream().filter(which).toList();
        int tests = some.stream().mapToInt(Report::tests).sum();
        int passed = some.stream().mapToInt(Report::passed).sum();
        int skipped = some.stream().mapToInt(Report::skipped).sum();
        return tests == 0
                ? "not run"
                : "%d of %d".formatted(passed, tests) + (skipped == 0 ? "" : ", %d skipped".formatted(skipped));
    }

    private static boolean isConformance(Report report) {
        return Set.of("ContainerIT", "ServerIT", "StandaloneIT").contains(report.suite());
    }

    private static Stream<String> failed(Report report) {
        return report.failures().stream()
                .map(failure -> "| %s | %s | %s | %s | %s |"
                        .formatted(
                                report.server(),
                                report.java(),
                                report.suite(),
                                cell(failure.test()),
                                cell(failure.why())));
    }

    private static String known(KnownDifferences.Difference known) {
        return "| %s | %s | %s |"
                .formatted(
                        known.server(),
                        known.breach() == null
                                ? "`" + known.habit() + "`"
                                : "`%s`: %s"
                                        .formatted(
                                                known.breach(),
                                                known.codes().stream()
                                                        .sorted()
                                                        .map(String::valueOf)
                                                        .collect(Collectors.joining(", "))),
                        cell(known.cause()));
    }

    private static String cell(String text) {
        String plain = text.replace("|", "\\|").replace("<", "&lt;");
        return plain.length() > 240 ? plain.substring(0, 240) + "…" : plain;
    }
}

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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code matrix.md} from the reports of the last run. Rows of servers that were not in this run stay as they are, with their
 * own date. Stateless.
 */
public final class MatrixPage {
    private static final Path PAGE = Path.of("src/site/markdown/matrix.md");
    private static final String HEAD = """
            # Servers

            `mvn verify -Pmatrix` runs the tests in all of these servers and writes this page.
            With `-Dcontainers.tested=` only the conformance suite runs in WildFly and Payara. `mvn verify -Dskip.servers=false -Dserver=tomcat -Dskip.standalone=true
            -Dskip.wildfly=true -Dskip.payara=true` runs one of the other servers, and `mvn exec:java@matrix -Pmatrix` writes the page then. A row is from the last run of its server. *Conformance* is the suite that sees a server from the other end of a socket: the same tests everywhere. *Others* are redeployment, drain,
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
        Map<String, List<Report>> byServer =
                reports.stream().collect(Collectors.groupingBy(Report::server, TreeMap::new, Collectors.toList()));
        Predicate<String> ran = byServer::containsKey;
        StringBuilder page = new StringBuilder(HEAD);
        table(
                page,
                "| server | version | Java | date | conformance | others |\n|---|---|---|---|---|---|\n",
                rows(before, "| server | version", ran),
                byServer.entrySet().stream()
                        .map(server -> row(server.getKey(), versions.get(server.getKey()), server.getValue())));
        page.append("\n## Failed\n\n");
        table(
                page,
                "| server | suite | test | why |\n|---|---|---|---|\n",
                rows(before, "| server | suite", ran),
                reports.stream().flatMap(MatrixPage::failed));
        page.append(
                "\n## Known differences\n\nThe tests allow these, in these servers alone. Parley can't mend them.\n\n");
        table(
                page,
                "| server | where | why |\n|---|---|---|\n",
                Stream.of(),
                KnownDifferences.all().stream().map(MatrixPage::known));
        return page.toString();
    }

    private static void table(StringBuilder page, String head, Stream<String> kept, Stream<String> made) {
        page.append(head);
        Stream.concat(kept, made).sorted().forEach(row -> page.append(row).append('\n'));
    }

    /** The rows of one table of the earlier page, of servers that did not run. */
    private static Stream<String> rows(String page, String head, Predicate<String> ran) {
        List<String> rows = new ArrayList<>();
        boolean within = false;
        for (String line : page.lines().toList()) {
            within = line.startsWith(head) || within && line.startsWith("|");
            if (within && !line.startsWith(head) && !line.startsWith("|---")) {
                rows.add(line);
            }
        }
        return rows.stream().filter(row -> !ran.test(row.split("\\|")[1].strip()));
    }

    private static String row(String server, String version, List<Report> reports) {
        Function<Predicate<Report>, String> passed = which -> {
            int tests = reports.stream().filter(which).mapToInt(Report::tests).sum();
            int failed = reports.stream()
                    .filter(which)
                    .mapToInt(report -> report.failures().size())
                    .sum();
            return tests == 0 ? "not run" : "%d of %d".formatted(tests - failed, tests);
        };
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        server,
                        version,
                        reports.get(0).java(),
                        LocalDate.now(ZoneOffset.UTC),
                        passed.apply(MatrixPage::isConformance),
                        passed.apply(Predicate.not(MatrixPage::isConformance)));
    }

    private static boolean isConformance(Report report) {
        return report.suite().equals("ContainerIT") || report.suite().equals("ServerIT");
    }

    private static Stream<String> failed(Report report) {
        return report.failures().stream()
                .map(failure -> "| %s | %s | %s | %s |"
                        .formatted(report.server(), report.suite(), cell(failure.test()), cell(failure.why())));
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
        return plain.length() > 160 ? plain.substring(0, 160) + "…" : plain;
    }
}

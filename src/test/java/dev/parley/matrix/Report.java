package dev.parley.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Failsafe has written about one test class in one server. Immutable.
 *
 * @param server such as {@code tomcat}
 * @param suite the name of the class, without its package
 * @param java the version of Java that ran the tests, and the server
 * @param tests how many there were
 * @param skipped how many of them did not run
 * @param failures those that failed
 */
record Report(String server, String suite, String java, int tests, int skipped, List<Failure> failures) {
    private static final Pattern FILE =
            Pattern.compile("TEST-.*\\.(\\w*(?:ContainerIT|ServerIT|StandaloneIT))-([\\w-]+)\\.xml");

    private static final String CAUSE = "Caused by: ";

    /** A test that failed, and why: the first line of its last cause, and its own message. */
    record Failure(String test, String why) {}

    /** What a matrix tells apart: a server, on one feature version of Java such as {@code 17}. */
    record Row(String server, String feature) {}

    Row row() {
        return new Row(server, feature(java));
    }

    int passed() {
        return tests - skipped - failures.size();
    }

    /** The feature version in a version such as {@code 17.0.15}. */
    static String feature(String version) {
        return version.split("[^0-9]", 2)[0];
    }

    /** All reports in this folder that are about servers. */
    static List<Report> in(Path folder) {
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Matcher report = FILE.matcher(file.getFileName().toString());
                if (report.matches()) {
                    reports.add(read(report.group(2), report.group(1), file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reports;
    }

    private static Report read(String server, String suite, Path file) {
        Document document;
        try {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(file + " is no report", e);
        }
        Element root = document.getDocumentElement();
        List<Failure> failures = new ArrayList<>();
        for (Element test : elements(root, "testcase")) {
            Stream.of("failure", "error")
                    .flatMap(kind -> elements(test, kind).stream())
                    .forEach(failed -> failures.add(new Failure(test.getAttribute("name"), why(failed))));
        }
        String java = elements(root, "property").stream()
                .filter(property -> property.getAttribute("name").equals("java.version"))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElse("unknown");
        return new Report(server, suite, java, count(root, "tests"), count(root, "skipped"), List.copyOf(failures));
    }

    private static int count(Element root, String which) {
        return Integer.parseInt(root.getAttribute(which));
    }

    private static String why(Element failed) {
        String message = inOneLine(failed.getAttribute("message"));
        return failed.getTextContent()
                .lines()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((earlier, last) -> last)
                .map(cause -> inOneLine(cause.substring(CAUSE.length())))
                .filter(cause -> !cause.endsWith(message))
                .map(cause -> cause + " ← " + message)
                .orElse(message);
    }

    private static String inOneLine(String text) {
        return text.isBlank()
                ? "no message"
                : text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}

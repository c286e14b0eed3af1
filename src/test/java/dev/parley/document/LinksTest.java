package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents point to is there: files, chapters and settings. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern SETTING = Pattern.compile("(?<![\\w./-])parley(?:\\.[a-z]+)+(?![\\w(-])");
    /** What is named like a setting and is a file, or the protocol. */
    private static final Set<String> NO_SETTINGS =
            Set.of("db", "js", "war", "lock", "yml", "v", "service", "service.d");

    static List<Markdown> documents() {
        return Markdown.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Markdown document) {
        assertThat(matches(LINK, document.prose())).allSatisfy(link -> {
            if (!link.group(1).contains("://")) {
                assertLeadsSomewhere(document, link.group(1));
            }
        });
    }

    private static void assertLeadsSomewhere(Markdown document, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path from = document.file().toAbsolutePath();
        Path target = path.isEmpty() ? from : from.resolveSibling(path).normalize();
        assertThat(target).as(link).exists();
        if (hash >= 0) {
            assertThat(Markdown.all().stream()
                            .filter(each -> each.file().toAbsolutePath().equals(target))
                            .flatMap(each -> each.headings().stream())
                            .map(Markdown::anchor))
                    .as("chapters of %s", target)
                    .contains(link.substring(hash + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySettingThatIsNamedIsOne(Markdown document) {
        Set<String> settings = Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toSet());

        assertThat(matches(SETTING, document.lines()).map(MatchResult::group))
                .allMatch(name -> settings.contains(name) || NO_SETTINGS.contains(name.substring("parley.".length())));
    }

    private static Stream<MatchResult> matches(Pattern pattern, List<String> lines) {
        return lines.stream().flatMap(line -> pattern.matcher(line).results());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noDocumentIsEmpty(Markdown document) throws Exception {
        assertThat(Files.size(document.file())).isPositive();
    }
}

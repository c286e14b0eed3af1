package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code operations.md} names every logger of the operator's log, and no other: operators configure them by name. */
class LoggersDocumentTest {
    private static final Pattern LOGGER = Pattern.compile("\"(dev\\.parley\\.[a-z.]+)\"");

    @Test
    void theTableHasEveryLoggerOfTheOperatorsLogAndNoOther() throws IOException {
        List<String> loggers = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/parley/operator"))) {
            for (Path file : files.toList()) {
                LOGGER.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(loggers::add);
            }
        }

        assertThat(Markdown.named("operations.md").rowsBelow(null, "The log of the server").stream()
                        .map(row -> row.get(0).replace("`", "")))
                .containsExactlyInAnyOrderElementsOf(loggers);
    }
}

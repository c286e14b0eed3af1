package dev.parley.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The types that the page's scripts declare in their comments, checked by TypeScript, which the build unpacked.
 * {@code src/test/js/tsconfig.json} says how strictly; editors read it, too.
 */
@Timeout(120)
class ScriptTypesIT {
    private static final Path TYPESCRIPT = Path.of("target", "typescript");

    @BeforeAll
    static void needsNode() {
        Script.assumePossible();
    }

    @Test
    void theScriptsKeepToTheirTypes() throws IOException, InterruptedException {
        assertTyped(Path.of("src", "test", "js"));
    }

    @Test
    void thePackageDeclaresWhatTheScriptsAre() throws IOException, InterruptedException {
        assertTyped(Path.of("src", "test", "js", "types"));
    }

    /** @param project a folder with a {@code tsconfig.json} */
    static void assertTyped(Path project) throws IOException, InterruptedException {
        try (Script check = Script.start(
                "", compiler(), "--project", project.toAbsolutePath().toString())) {
            check.awaitSuccess();
        }
    }

    /** Below a folder that is named after its version. */
    private static String compiler() throws IOException {
        try (Stream<Path> files = Files.walk(TYPESCRIPT)) {
            return files.filter(file -> file.endsWith(Path.of("lib", "tsc.js")))
                    .findAny()
                    .orElseThrow()
                    .toAbsolutePath()
                    .toString();
        }
    }
}

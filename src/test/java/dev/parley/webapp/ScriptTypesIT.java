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
    /** Where the build unpacked the one that checks the scripts. */
    static final Path TYPESCRIPT = Path.of("target", "typescript");

    @BeforeAll
    static void needsNode() {
        Script.assumePossible();
    }

    @Test
    void theScriptsKeepToTheirTypes() throws IOException, InterruptedException {
        assertTyped(TYPESCRIPT, Path.of("src", "test", "js"));
    }

    @Test
    void thePackageDeclaresWhatTheScriptsAre() throws IOException, InterruptedException {
        assertTyped(TYPESCRIPT, Path.of("src", "test", "js", "types"));
    }

    /**
     * Asserts that TypeScript finds no mistake.
     *
     * @param typescript the folder into which it was unpacked
     * @param project a folder with a {@code tsconfig.json}
     */
    static void assertTyped(Path typescript, Path project) throws IOException, InterruptedException {
        try (Script check = Script.start(
                "", compiler(typescript), "--project", project.toAbsolutePath().toString())) {
            check.awaitSuccess();
        }
    }

    /** Below a folder that is named after its version. */
    private static String compiler(Path typescript) throws IOException {
        try (Stream<Path> files = Files.walk(typescript)) {
            return files.filter(file -> file.endsWith(Path.of("lib", "tsc.js")))
                    .findAny()
                    .orElseThrow()
                    .toAbsolutePath()
                    .toString();
        }
    }
}

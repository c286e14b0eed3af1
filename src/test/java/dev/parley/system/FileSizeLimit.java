package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large the files of another process may grow: to it, reaching that is a full disk. Immutable. */
record FileSizeLimit(long pid) {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    /** Skips the test where there is no prlimit (of util-linux, so beyond Linux), and fails it where CI is {@code true}. */
    static void assumePossible() {
        boolean present = Files.isExecutable(PRLIMIT);
        if (!present && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("prlimit of util-linux is missing: the full disk can't be tested");
        }
        assumeTrue(present, "NOT TESTED: a full disk, for lack of prlimit of util-linux");
    }

    void set(long bytes) throws IOException, InterruptedException {
        prlimit(Long.toString(bytes));
    }

    void lift() throws IOException, InterruptedException {
        prlimit("unlimited");
    }

    /** Only the soft limit, which can be raised again. */
    private void prlimit(String limit) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(pid), "--fsize=" + limit + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).as("prlimit").isZero();
    }
}

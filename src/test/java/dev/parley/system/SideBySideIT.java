package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers of one machine that know nothing of each other. */
@Timeout(120)
class SideBySideIT {
    @TempDir
    private Path temporary;

    @Test
    void aServerThatStartsTakesNothingAwayFromOneThatHasRunForLong() throws Exception {
        Map<String, String> settings = Map.of("java.io.tmpdir", temporary.toString());
        try (ServerProcess first = ServerProcess.start(settings)) {
            // What only a garbage collector would take: it comes sooner or later, here at once.
            collectGarbage(first);
            collectGarbage(first);
            try (ServerProcess second = ServerProcess.start(settings)) {
                assertThat(second.chat()).isNotEqualTo(first.chat());
                assertThat(temporary).isEmptyDirectory();
                assertThat(RawHttp.get(first.page()).status()).isEqualTo(200);
                RawClient.open(first.chat()).close();
            }
        }
    }

    private static void collectGarbage(ServerProcess server) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as("jcmd").isZero();
    }
}

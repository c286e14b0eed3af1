package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers in which an earlier version kept the data in the folder where they were started. */
@Timeout(180)
class FormerDataIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.parley.testing.container.Distribution#withoutInjection")
    void aFolderThatIsNotUsedAnyMoreIsReportedAtTheStart(Distribution distribution) throws IOException {
        try (ContainerProcess server = new ContainerProcess(distribution, Map.of(), folder)) {
            server.start();
            assertThat(server.log()).doesNotContain("An earlier version may have kept the data");
            server.terminate();

            Path former = Files.createDirectory(server.startedIn().resolve("parley-data"));
            server.start();
            assertThat(server.log())
                    .containsOnlyOnce("An earlier version may have kept the data in " + former + ", which is not used."
                            + " The data are in " + folder.resolve("parley-data"));
        }
    }
}

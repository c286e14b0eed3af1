package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The WAR in servlet containers that have WebSocket and no CDI. */
@Timeout(180)
class WithoutInjectionIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.parley.testing.container.Distribution#withoutInjection")
    void theDeploymentStopsWithASentenceAndNothingOfTheApplicationIsThere(Distribution server) throws IOException {
        try (ContainerProcess container = new ContainerProcess(server, ServerProcess.war(), Map.of(), folder)) {
            container.start();
            assertThat(container.log())
                    .containsOnlyOnce("ServletException: Parley cannot start in this server: it needs Jakarta CDI");
            try (RawClient handshake = RawClient.ask(container.chat())) {
                assertThat(handshake.status()).isIn(404, 503);
            }
            assertThat(RawHttp.get(container.chat()).status()).isIn(404, 503);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files).noneMatch(file -> file.endsWith("parley.db"));
        }
    }
}

package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The WAR in servlet containers that have WebSocket and no CDI. */
@Timeout(180)
class WithoutInjectionIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ContainerProcess.Server.class)
    void theDeploymentStopsWithASentenceAndNothingOfTheApplicationIsThere(ContainerProcess.Server server)
            throws IOException, InterruptedException {
        try (ContainerProcess container = new ContainerProcess(server, ServerProcess.war(), Map.of(), folder);
                RawClient handshake = RawClient.ask(container.chat())) {
            assertThat(container.log())
                    .containsOnlyOnce("ServletException: Parley cannot start in this server: it needs Jakarta CDI");
            assertThat(handshake.status()).isIn(404, 503);
            assertThat(RawHttp.get(container.chat()).status()).isIn(404, 503);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files).noneMatch(file -> file.endsWith("parley.db"));
        }
    }
}

package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The standalone server, ended by SIGTERM and started again. */
class DrainStandaloneIT implements DrainConformance {
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path data;

    private ServerProcess server;

    @Override
    public void start() {
        server = ServerProcess.start(Map.of("parley.heartbeat", "1000", "parley.data", data.toString()));
    }

    @Override
    public void stop() {
        try {
            assertThat(server.terminate()).isEqualTo(ENDED_BY_SIGTERM);
        } finally {
            server.close();
        }
    }

    @Override
    public URI chat() {
        return server.chat();
    }
}

package dev.parley.conformance;

import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server stopped by a signal, and started again. */
@Timeout(180)
class DrainServerIT implements DrainConformance {
    private ContainerProcess server;

    @BeforeEach
    void configure(@TempDir Path folder) throws IOException {
        server = new ContainerProcess(Distribution.tested(), Map.of(), folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.terminate();
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Override
    public boolean saysGoodbye() {
        return KnownDifferences.letsApplicationsSayGoodbye(System.getProperty("server"));
    }
}

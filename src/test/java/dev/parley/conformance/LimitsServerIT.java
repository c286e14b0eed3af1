package dev.parley.conformance;

import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with few places, that is a process of its own. */
@Timeout(180)
class LimitsServerIT implements LimitsConformance {
    @TempDir
    private Path folder;

    private ContainerProcess server;

    @Override
    public void start(Limit limit) {
        try {
            server =
                    new ContainerProcess(Distribution.tested(), Map.of(limit.setting, Integer.toString(LIMIT)), folder);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.close();
    }

    @Override
    public URI chat() {
        return server.chat();
    }
}

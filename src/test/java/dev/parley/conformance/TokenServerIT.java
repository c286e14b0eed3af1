package dev.parley.conformance;

import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in a server that is a process of its own. */
@Timeout(180)
class TokenServerIT implements TokenConformance, UserNamesConformance {
    private static ContainerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new ContainerProcess(Distribution.tested(), SETTINGS, folder);
        server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Override
    public URI chat() {
        return server.chat();
    }
}

package dev.parley.conformance;

import dev.parley.client.AttachmentsApartConformance;
import dev.parley.client.ChatClientConformance;
import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The Java client, in the JVM of the test, and a server that is a process of its own. */
class ChatClientServerIT implements ChatClientConformance, AttachmentsApartConformance {
    private static ContainerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new ContainerProcess(Distribution.tested(), Map.of(), folder);
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

package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ListeningSockets;
import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The conformance tests in a server that is a process of its own, set up with {@code server-config}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerIT extends Conformance implements RetentionConformance {
    private Path folder;
    private ContainerProcess server;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        folder = empty;
        server = new ContainerProcess(
                Distribution.tested(),
                Map.of("parley.heartbeat", "1000", "parley.rate", "500", "parley.keep", RULES),
                folder);
        server.start();
    }

    /** The log stays beside the reports. */
    @AfterAll
    void stop() throws IOException {
        server.close();
        Files.writeString(Path.of("target", server() + ".log"), server.log());
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Override
    public String server() {
        return System.getProperty("server");
    }

    @Test
    void theDataAreInTheFolderOfTheServerAndNotWhereItWasStarted() throws IOException {
        assertThat(person("ann", room()).says("kept")).isNotNull();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.endsWith("parley.db")).map(folder::relativize))
                    .containsExactly(Distribution.tested().data().resolve("parley.db"));
        }
        assertThat(server.log()).doesNotContain("below the temporary folder");
    }

    @Test
    void itListensOnTheLoopbackAddressAlone() {
        assertThat(ListeningSockets.addresses(server.jvm().pid()))
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
    }
}

package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.ContainerProcess.Server;
import java.io.IOException;
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
abstract class ProcessConformance extends Conformance implements RetentionConformance {
    private final Server kind;
    private final String name;

    private Path folder;
    private ContainerProcess server;

    /** @param name of the server in {@link KnownDifferences} */
    ProcessConformance(Server kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    @BeforeAll
    void start(@TempDir Path empty) throws IOException, InterruptedException {
        folder = empty;
        server = new ContainerProcess(
                kind, Map.of("parley.heartbeat", "1000", "parley.rate", "500", "parley.keep", RULES), folder);
    }

    /** The log stays beside the reports. */
    @AfterAll
    void stop() throws IOException {
        server.close();
        Files.writeString(Path.of("target", name + ".log"), server.log());
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Override
    public String server() {
        return name;
    }

    @Test
    void theDataAreInTheFolderOfTheServerAndNotWhereItWasStarted() throws IOException {
        assertThat(person("ann", room()).says("kept")).isNotNull();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.endsWith("parley.db")).map(folder::relativize))
                    .containsExactly(Path.of("parley-data", "parley.db"));
        }
        assertThat(server.log()).doesNotContain("below the temporary folder");
    }
}

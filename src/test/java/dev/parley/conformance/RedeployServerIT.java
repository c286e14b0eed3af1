package dev.parley.conformance;

import dev.parley.testing.RunningJvm;
import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The archive redeployed in a running server, by removing its file and copying it there again. */
@Timeout(400)
@DisabledIfSystemProperty(
        named = "server",
        matches = "payara-micro",
        disabledReason = "its archive is named in its command, so that it can't be removed from a folder")
class RedeployServerIT implements RedeployConformance {
    private static ContainerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new ContainerProcess(Distribution.tested(), Map.of(), folder);
        server.start();
        server.undeploy();
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void deploy() {
        server.deploy();
    }

    @Override
    public void undeploy() {
        server.undeploy();
    }

    @Override
    public RunningJvm process() {
        return server.jvm();
    }

    @Override
    public URI chat() {
        return server.chat();
    }
}

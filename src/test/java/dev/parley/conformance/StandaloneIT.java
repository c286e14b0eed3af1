package dev.parley.conformance;

import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The standalone server in a JVM of its own. */
class StandaloneIT extends Conformance implements RetentionConformance {
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Map.of("parley.heartbeat", "1000", "parley.rate", "500", "parley.keep", RULES));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Override
    public String server() {
        return "standalone";
    }
}

package dev.parley.conformance;

import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.util.Map;

/** The standalone server with few places. */
class LimitsStandaloneIT implements LimitsConformance {
    private ServerProcess server;

    @Override
    public void start(Limit limit) {
        server = ServerProcess.start(Map.of(limit.setting, Integer.toString(LIMIT)));
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

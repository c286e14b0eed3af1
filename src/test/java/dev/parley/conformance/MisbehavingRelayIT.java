package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChangedWar;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The standalone server with a relay that loses, doubles, delays and reorders entries. All that clients are promised holds
 * there too.
 */
class MisbehavingRelayIT extends Conformance {
    @TempDir
    private static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        long seed = new Random().nextLong();
        System.out.println("The relay misbehaves with the seed " + seed);
        Path war = ChangedWar.write(
                folder.resolve("parley-relay.war"),
                MisbehavingRelayIT.class,
                List.of("dev/parley/room/MisbehavingRelay.class", "dev/parley/app/MisbehavingRelayChoice.class"));
        server = ServerProcess.start(
                war, Map.of("parley.heartbeat", "1000", "parley.rate", "500", "misbehaving.seed", Long.toString(seed)));
    }

    @AfterAll
    static void stop() {
        server.terminate();
        String log = server.log();
        server.close();
        assertThat(log).containsPattern("of [0-9.,]+ entries [1-9][0-9.,]* lost, [1-9][0-9.,]* doubled");
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

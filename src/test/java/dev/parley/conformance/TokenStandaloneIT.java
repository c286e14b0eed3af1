package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens on the standalone server. */
class TokenStandaloneIT implements TokenConformance {
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(SETTINGS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Test
    void aServerDoesNotStartWithASecretThatIsTooShort() {
        ServerProcess.Ended ended = ServerProcess.failing(Map.of("parley.jwt.secret", "short"));

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.standardError()).contains("the secret for tokens has 5 bytes, but needs 32");
    }
}

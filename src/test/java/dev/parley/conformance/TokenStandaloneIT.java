package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens on the standalone server. */
class TokenStandaloneIT implements TokenConformance, UserNamesConformance {
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

    /** The names of a restarted server are those of the log. */
    @Test
    void noGuestGetsANameThatAUserHadBeforeARestart(@TempDir Path folder) throws Exception {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("parley.data", folder.toString());
        String token = new Mint(SECRET, null, AUDIENCE).token("ann@example.com", "ann", Duration.ofHours(1));
        try (ServerProcess first = ServerProcess.start(settings);
                Person ann = Person.at(first.chat(), Map.of("token", token))) {
            assertThat(ann.name()).isEqualTo("ann");
            ann.joins("lobby");
            // The name is on the disk with this message. The server does not end in order.
            ann.says("hello");
        }
        try (ServerProcess second = ServerProcess.start(settings);
                Person eve = Person.at(second.chat(), Map.of("name", "Ann"));
                Person herald = Person.at(second.chat(), Map.of("name", "greeter"));
                Person ann = Person.at(second.chat(), Map.of("token", token))) {
            assertThat(eve.name()).isEqualTo("Ann-2");
            assertThat(herald.name()).isEqualTo("greeter-2");
            assertThat(ann.name()).isEqualTo("ann");
        }
    }

    @Test
    void aServerDoesNotStartWithASecretThatIsTooShort() {
        ServerProcess.Ended ended = ServerProcess.failing(Map.of("parley.jwt.secret", "short"));

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.standardError()).contains("the secret for tokens has 5 bytes, but needs 32");
    }
}

package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.ChangedWar;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Direct rooms and inboxes on the standalone server, with an application, whose rules allow nothing to anybody. */
class DirectRoomStandaloneIT implements DirectRoomConformance, InboxConformance {
    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        Path rules = Files.write(folder.resolve("rooms.rules"), List.of("* everybody none"));
        Path war = ChangedWar.write(
                folder.resolve("parley-postman.war"),
                DirectRoomStandaloneIT.class,
                List.of("dev/parley/conformance/Postman.class"));
        server = ServerProcess.start(
                war,
                Map.of("parley.access.rules", rules.toString(), "parley.jwt.secret", SECRET, "parley.rate", "500"));
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
    void aDirectRoomOutlivesARestart(@TempDir Path data) {
        Map<String, String> settings =
                Map.of("parley.data", data.toString(), "parley.jwt.secret", SECRET, "parley.access", "users");
        Mint mint = new Mint(SECRET, null, null);
        String annsToken = mint.token("ann", "ann", Duration.ofHours(1));
        String bobsToken = mint.token("bob", "bob", Duration.ofHours(1));
        try (ServerProcess first = ServerProcess.start(settings);
                Person ann = Person.at(first.chat(), Map.of("token", annsToken))) {
            ann.joins("@bob");
            ann.says("before the restart");
        }
        try (ServerProcess second = ServerProcess.start(settings);
                Person bob = Person.at(second.chat(), Map.of("token", bobsToken))) {
            assertThat(bob.awaits("invited").getString("room")).isEqualTo("@ann");
            assertThat(Messages.texts(Messages.entries(bob.joins("@ann")))).containsExactly("before the restart");
        }
    }
}

package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules for rooms on the standalone server. */
class RulesStandaloneIT implements RulesConformance, AccessMatrix {
    @TempDir
    static Path folder;

    private static Path file;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        file = Files.write(folder.resolve("rooms.rules"), RULES);
        server = ServerProcess.start(
                Map.of("parley.access.rules", file.toString(), "parley.jwt.secret", SECRET, "parley.rate", "500"));
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
    public Path file() {
        return file;
    }

    @Test
    void theLogSaysWhoDecidesAtTheStart() {
        assertThat(server.log()).contains("7 rules of " + file + " say who may be in rooms");
    }

    @Test
    void aBrokenNewVersionLeavesARecordAndTheOldRules() throws IOException {
        try {
            Files.write(file, List.of("open-* everybody all", "news-* everybody reed"));
            await().atMost(RawClient.PATIENCE)
                    .until(() -> server.log()
                            .contains("can't be read again from " + file
                                    + ", and those read before stay: line 2: 'reed' is no permission"));
            try (Person guest = Person.at(chat(), Map.of("name", "gus"))) {
                RulesConformance.assertMayRead(guest, "news-of-gus");
            }
        } finally {
            Files.write(file, RULES);
        }
    }

    @Test
    void aServerDoesNotStartWithABrokenFile() throws IOException {
        Path broken = Files.write(folder.resolve("broken.rules"), List.of("", "lobby guest read"));

        ServerProcess.Ended ended = ServerProcess.failing(Map.of("parley.access.rules", broken.toString()));

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.standardError())
                .contains("parley.access.rules: the rules for rooms can't be read from " + broken
                        + ": line 2: 'guest' is nobody: there are everybody, guests, users, role:NAME and user:ID");
    }
}

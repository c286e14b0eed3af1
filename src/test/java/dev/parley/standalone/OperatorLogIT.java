package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator reads on standard error. */
@Timeout(120)
class OperatorLogIT {
    @Test
    void aLifeIsToldInAFewLines() {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.heartbeat", "300"))) {
            for (int i = 0; i < 100; i++) {
                try (RawClient foreign = RawClient.ask(server.chat(), "Origin: https://evil.example")) {
                    assertThat(foreign.status()).isEqualTo(403);
                }
            }
            try (RawClient silent = RawClient.open(server.chat())) {
                silent.answerPings(false);
                assertThat(silent.awaitClose()).isEqualTo(4001);
            }
            await().until(() -> server.log().contains("with 4001"));
            assertThat(lines(server, "dev.parley.refused.handshake"))
                    .singleElement()
                    .asString()
                    .contains("refused 1 handshake", "parley.origins", "https://evil.example");

            server.terminate();

            assertThat(lines(server, "dev.parley.server"))
                    .satisfiesExactly(
                            start -> assertThat(start)
                                    .contains(
                                            "serves " + server.page(),
                                            "data in ",
                                            "everybody may be in every room (parley.access=open)"),
                            drain -> assertThat(drain).contains("says good-bye to 0 connections"),
                            stop -> assertThat(stop).contains("stopped after", "0 connections had to be cut off"));
            assertThat(lines(server, "dev.parley.closed")).hasSize(1);
            assertThat(lines(server, "dev.parley.refused.handshake"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("refused 99 handshakes");
            assertThat(server.log().lines()).allMatch(line -> line.contains(" INFO dev.parley."));
        }
    }

    @Test
    void nothingThatAPeerSendsMakesALineOrReachesATerminal() {
        String forged = "2026-01-01T00:00:00.000 INFO dev.parley.server: forged";
        try (ServerProcess server = ServerProcess.start()) {
            for (String origin : List.of("https://a.example\u001b[2J " + forged, "x\u0085" + forged)) {
                RawClient.ask(server.chat(), "Origin: " + origin).close();
            }
            server.terminate();
            assertThat(server.log().lines()).noneMatch(line -> line.startsWith(forged));
            assertThat(server.log().chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
        }
    }

    private static List<String> lines(ServerProcess server, String logger) {
        return server.log()
                .lines()
                .filter(line -> line.contains(" " + logger + ": "))
                .toList();
    }
}

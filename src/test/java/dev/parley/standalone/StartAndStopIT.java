package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import dev.parley.testing.ServerProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the server starts, says why it can't, and ends. */
@Timeout(120)
class StartAndStopIT {
    private static final int BY_SIGTERM = 128 + 15;

    @TempDir
    private Path temporary;

    @Test
    void itSaysInOneLineWhereItListens() throws IOException {
        try (ServerProcess server = ServerProcess.start()) {
            assertThat(server.standardOutput()).hasLineCount(1);
            assertThat(server.page().getPort())
                    .isPositive()
                    .isEqualTo(server.chat().getPort());
        }
    }

    @Test
    void aBusyPortIsToldInOneSentence() {
        try (ServerProcess first = ServerProcess.start()) {
            String port = Integer.toString(first.page().getPort());

            Ended second = ServerProcess.failing(Map.of("parley.port", port));

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.standardError())
                    .startsWith("Parley can't listen on 127.0.0.1:" + port + " (Address already in use)")
                    .hasLineCount(1);
            assertThat(second.standardOutput()).isEmpty();
        }
    }

    @Test
    void anUnknownHostIsToldInOneSentence() {
        Ended ended = ServerProcess.failing(Map.of("parley.host", "no-such-host.invalid"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.standardError())
                .startsWith("Parley can't listen on no-such-host.invalid:0 (")
                .hasLineCount(1);
    }

    @Test
    void aWrongSettingIsToldInOneSentence() {
        Ended ended = ServerProcess.failing(Map.of("parley.rate", "many"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.standardError())
                .startsWith("parley.rate is 'many' (from the system property parley.rate), but must be a whole number")
                .hasLineCount(1);
    }

    @Test
    void aMisspeltSettingIsToldInOneSentence() {
        Ended ended = ServerProcess.failing(Map.of("parley.heartbeet", "1000"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.standardError()).contains("parley.heartbeat.").hasLineCount(1);
    }

    @Test
    void aDataFolderInUseIsToldInOneSentence() {
        Map<String, String> settings =
                Map.of("parley.data", temporary.resolve("data").toString());
        try (ServerProcess first = ServerProcess.start(settings)) {
            Ended second = ServerProcess.failing(settings);

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.standardError()).contains(temporary.toString()).hasLineCount(1);
            assertThat(first.standardOutput()).hasLineCount(1);
        }
    }

    @Test
    void itEndsWhenItIsToldToAndLeavesNothingBehind() throws IOException {
        try (ServerProcess server = ServerProcess.start(Map.of("java.io.tmpdir", temporary.toString()))) {
            assertThat(unpacked()).hasSize(1);

            assertThat(server.terminate()).isEqualTo(BY_SIGTERM);
            assertThat(unpacked()).isEmpty();
            assertThat(server.standardOutput()).hasLineCount(1);
        }
    }

    @Test
    void itEndsWithAConnectionThatSaysNothing() throws IOException {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.drain", "500"));
                RawHttp connection = new RawHttp(server.page())) {
            assertThat(connection.ask("GET / HTTP/1.1").status()).isEqualTo(200);

            assertThat(server.terminate()).isEqualTo(BY_SIGTERM);
            assertThat(connection.isOver()).isTrue();
        }
    }

    @Test
    void whatAKilledServerLeftBehindGoesWithTheNextStart() throws IOException {
        Map<String, String> settings = Map.of("java.io.tmpdir", temporary.toString());
        try (ServerProcess killed = ServerProcess.start(settings)) {
            killed.kill();
        }
        List<Path> leftover = unpacked();
        assertThat(leftover).hasSize(1);

        try (ServerProcess next = ServerProcess.start(settings);
                ServerProcess beside = ServerProcess.start(settings)) {
            assertThat(unpacked()).hasSize(2).doesNotContainAnyElementsOf(leftover);
            assertThat(next.terminate()).isEqualTo(BY_SIGTERM);
            assertThat(beside.terminate()).isEqualTo(BY_SIGTERM);
        }
    }

    private List<Path> unpacked() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("parley-run-"))
                    .toList();
        }
    }
}

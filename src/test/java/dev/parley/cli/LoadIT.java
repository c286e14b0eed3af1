package dev.parley.cli;

import static dev.parley.cli.CommandRun.parley;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar parley.war load}, as a user runs it. */
@Timeout(120)
class LoadIT {
    private static final int CONNECTIONS = 20;
    private static final int ROOMS = 2;

    @TempDir
    private Path folder;

    @Test
    void everyoneHearsAllOfALoadAndTheServersTimeIsFound() throws Exception {
        Path json = folder.resolve("load.json");
        Path svg = folder.resolve("load.svg");
        try (ServerProcess server = ServerProcess.start(Map.of("parley.rate", "1000000"))) {
            CommandRun run = parley(
                    "load",
                    server.chat().toString(),
                    "--connections=" + CONNECTIONS,
                    "--rooms=" + ROOMS,
                    "--senders=4",
                    "--window=4",
                    "--warm-up=0.5",
                    "--time=2",
                    "--json=" + json,
                    "--svg=" + svg);
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("lost                   0", "µs of processor time per delivery");
        }
        JsonObject result = read(json);
        assertThat(result.getInt("sent")).isPositive();
        assertThat(result.getInt("delivered")).isGreaterThanOrEqualTo(CONNECTIONS / ROOMS);
        assertThat(result.getInt("lost") + result.getInt("doubled") + result.getInt("reordered"))
                .isZero();
        assertThat(result.getJsonNumber("serverCores").doubleValue()).isPositive();
        assertThat(Files.readString(svg))
                .startsWith("<svg")
                .contains("polyline")
                .endsWith("</svg>\n");
    }

    @Test
    void anOpenLoopSaysAsMuchAsItIsToldTo() throws Exception {
        Path json = folder.resolve("load.json");
        try (ServerProcess server = ServerProcess.start(Map.of("parley.rate", "1000000"))) {
            CommandRun run = parley(
                    "load",
                    server.chat().toString(),
                    "-c10",
                    "-s3",
                    "-R200",
                    "--warm-up=0.5",
                    "--time=2",
                    "--json=" + json);
            assertThat(run.exitCode()).as(run.output()).isZero();
        }
        // Two seconds of 200; the bounds of the time that counts cut a few off, or add them.
        assertThat(read(json).getInt("sent")).isBetween(300, 500);
    }

    @Test
    void whatTheServerRejectsIsToldAndTheLoadGoesOn() throws Exception {
        Path json = folder.resolve("load.json");
        try (ServerProcess server = ServerProcess.start(Map.of("parley.rate", "10"))) {
            CommandRun run = parley(
                    "load", server.chat().toString(), "-c2", "-w8", "--warm-up=0.5", "--time=2", "--json=" + json);
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).containsPattern("rejected +[1-9]");
        }
        // More than once fills the window, and some of them are heard.
        assertThat(read(json).getInt("rejected")).isGreaterThan(8);
        assertThat(read(json).getInt("delivered")).isPositive();
        assertThat(read(json).getInt("lost")).isZero();
    }

    @Test
    void whatCannotBeDoneIsToldInASentence() throws Exception {
        assertThat(parley("load", "ws://127.0.0.1:1/chat"))
                .isEqualTo(new CommandRun(2, "parley: nobody listens at ws://127.0.0.1:1/chat\n"));
        assertThat(parley("load", "--rooms=300").output()).startsWith("there must be a connection for each room");
        assertThat(parley("lod").output()).contains("load").doesNotContain("Exception");
    }

    private static JsonObject read(Path json) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(json))) {
            return reader.readObject();
        }
    }
}

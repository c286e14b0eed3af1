package dev.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Background;
import dev.parley.testing.ScriptedServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One connection that sends to a server that does just what the test says. */
@Timeout(60)
class LoadRunTest {
    private static final int WINDOW = 3;
    /** In bytes: large, so that a few messages fill all buffers. */
    private static final int LARGE = 60_000;

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.welcoming();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aRejectedMessageIsCountedAndAnotherOneIsSentInItsPlace() throws Exception {
        LoadPlan plan = plan(WINDOW, 0, Marker.BYTES, Duration.ofSeconds(1));
        CompletableFuture<LoadResult> load = start(plan, line -> {});
        letsJoin();
        rejectsAll();

        LoadResult result = load.join();

        assertThat(result.rejected()).isGreaterThan(WINDOW);
        assertThat(result.sent()).isGreaterThanOrEqualTo(result.rejected());
        assertThat(result.lost()).as("what was rejected is not lost").isZero();
        assertThat(result.json().getJsonNumber("rejected").longValue()).isEqualTo(result.rejected());
        assertThat(result.table()).contains("rejected               %,d\n".formatted(result.rejected()));
    }

    @Test
    void whatIsDueWhileTheServerReadsNothingIsCounted() throws Exception {
        LoadPlan plan = plan(0, 2_000, LARGE, Duration.ofSeconds(2));
        // The load tells of its progress each second.
        CompletableFuture<LoadResult> load = start(plan, line -> {
            if (line.startsWith("counting")) {
                server.readsOn();
            }
        });
        letsJoin();
        server.stopsReading();
        rejectsAll();

        LoadResult result = load.join();

        assertThat(result.skipped()).isPositive();
        assertThat(result.sent() + result.skipped()).as("all that was due").isGreaterThan(2_000);
        assertThat(result.json().getJsonNumber("skipped").longValue()).isEqualTo(result.skipped());
        assertThat(result.table()).contains("skipped                %,d\n".formatted(result.skipped()));
    }

    /** As long as something comes. */
    private void rejectsAll() {
        Background.run(() -> {
            try {
                while (true) {
                    server.hears("say");
                    server.says("{\"type\":\"error\",\"code\":\"unavailable\",\"message\":\"later\"}");
                }
            } catch (IOException | InterruptedException ended) {
                // The test is over.
            }
        });
    }

    private LoadPlan plan(int window, double rate, int size, Duration duration) {
        return new LoadPlan(server.uri(), 1, 1, 1, window, rate, size, Duration.ZERO, duration);
    }

    private static CompletableFuture<LoadResult> start(LoadPlan plan, Consumer<String> progress) {
        return Background.get(() -> {
            try {
                return new LoadRun(plan, new ServerProbe(OptionalLong.empty()), progress).run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void letsJoin() throws IOException, InterruptedException {
        JsonObject join = server.hears("join");
        server.says("""
                {"type":"joined","ref":%s,"room":"%s","seq":0,"epoch":"e","recovered":false,"members":[],"entries":[]}""".formatted(join.get("ref"), join.getString("room")));
    }
}

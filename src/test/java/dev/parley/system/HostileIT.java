package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Heap;
import dev.parley.testing.Mutations;
import dev.parley.testing.ServerProcess;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of bent messages leave nothing behind: no word in the server's log, and nothing in its memory. */
@Timeout(300)
class HostileIT {
    private static final int MUTATIONS = 1_000;
    private static final int RUNS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /**
     * What caches may still take: the log's 10,000 newest rooms and authors. Each run says some hundred things, under a
     * hundred guest names, in connections of which each would hold more than 10 kB, if any of that stayed.
     */
    private static final long MORE = 3L << 20;

    /** How many TCP connections Grizzly's threads may remember: each its last one, and there are fewer threads than this. */
    private static final int REMEMBERED = 16;

    @Test
    void bentMessagesLeaveNothingBehind() {
        long seed = Long.getLong("parley.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));
        try (ServerProcess server = ServerProcess.start()) {
            // What is made once, by the first of each kind.
            bend(server, seed);
            long before = emptied(server).bytes();
            for (int run = 1; run <= RUNS; run++) {
                bend(server, seed + run);
            }
            Heap after = emptied(server);
            assertThat(after.bytes() - before)
                    .as("bytes more than before, seed " + seed)
                    .isLessThan(MORE);
            assertThat(server.log().lines())
                    .as("the log, seed " + seed)
                    .allMatch(line -> line.matches("\\S+ INFO dev\\.parley\\.[a-z.]+: .*"));
        }
    }

    private static void bend(ServerProcess server, long seed) {
        Mutations.run(server.chat(), seed, MUTATIONS, Mutations.Codes.STANDARD, () -> {});
    }

    /**
     * The heap when everyone has gone. That takes a moment: a TCP connection may stay for some seconds after its WebSocket,
     * and weighs 3 kB until then; and each of Grizzly's threads remembers its last one.
     */
    private static Heap emptied(ServerProcess server) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Heap.of(server.pid()),
                        heap -> heap.count("dev.parley.endpoint.Connection") == 0
                                && heap.count("dev.parley.room.Room") == 0
                                && heap.count("dev.parley.room.Membership") == 0
                                && heap.count("org.glassfish.grizzly.nio.transport.TCPNIOConnection") <= REMEMBERED);
    }
}

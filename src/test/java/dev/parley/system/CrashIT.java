package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is killed in the midst of its work had promised, holds when it is back. */
@Timeout(300)
class CrashIT {
    private static final int ROUNDS = 4;
    private static final int AT_LEAST = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<RoomName> ROOMS =
            Stream.of("lobby", "garden", "attic").map(RoomName::new).toList();

    private final List<Talker> talkers = Stream.of("ann", "bob", "cid", "dee")
            .map(name -> new Talker(name, ROOMS))
            .toList();
    private final Set<String> epochs = new HashSet<>();

    @TempDir
    private Path data;

    @Test
    void whatWasSaidIsThereOnceAndWhatIsSaidAgainIsNoDouble() {
        Map<String, String> settings = Map.of("parley.data", data.toString(), "parley.rate", "1000000");
        for (int round = 1; round <= ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(settings)) {
                everyoneComesBackTo(server);
                assertAllHolds();
                isKilledInTheMidstOfATalk(server, round * AT_LEAST);
            }
        }
        try (ServerProcess server = ServerProcess.start(settings)) {
            everyoneComesBackTo(server);
            assertAllHolds();
            talkers.forEach(talker -> talker.guest.close());
        }
    }

    private void everyoneComesBackTo(ServerProcess server) {
        for (Talker talker : talkers) {
            List<ServerMessage.Joined> joined = talker.guest.comesTo(server.chat(), ROOMS);
            boolean returns = !epochs.isEmpty() && !talker.said().isEmpty();
            joined.forEach(here -> epochs.add(here.epoch()));
            assertThat(epochs).as("epochs").hasSize(1);
            if (returns) {
                assertThat(joined).extracting(ServerMessage.Joined::recovered).containsOnly(true);
            }
        }
        talkers.forEach(Talker::repeatsWhatIsInDoubt);
        assertThat(talkers).allSatisfy(talker -> assertThat(talker.doubts()).isZero());
    }

    private void isKilledInTheMidstOfATalk(ServerProcess server, int enough) {
        AtomicInteger left = new AtomicInteger(enough);
        talkers.forEach(talker -> talker.talks(() -> {
            // At once: what is acknowledged too early is made good a moment later.
            if (left.decrementAndGet() == 0) {
                server.kill();
            }
        }));
        await().atMost(PATIENCE).until(() -> talkers.stream().noneMatch(Talker::isTalking));
        assertThat(talkers).allSatisfy(talker -> {
            assertThat(talker.doubts()).isEqualTo(Talker.UNDER_WAY);
            assertThat(talker.refusals()).containsOnly(ErrorCode.UNAVAILABLE);
        });
    }

    /** When nobody talks: the log is what was said, no more and no less, and everyone has heard just that. */
    private void assertAllHolds() {
        Set<Entry> said = new HashSet<>();
        talkers.forEach(talker -> said.addAll(talker.said()));
        Set<Entry> stored = new HashSet<>();
        for (RoomName room : ROOMS) {
            List<Entry> log = talkers.get(0).guest.reads(room);
            assertThat(log)
                    .extracting(Entry::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, log.size()).boxed().toList());
            assertThat(log).extracting(Entry::id).doesNotHaveDuplicates();
            stored.addAll(log);
            for (Talker talker : talkers) {
                await().atMost(PATIENCE).until(() -> talker.guest.heard(room).size() >= log.size());
                assertThat(talker.guest.heard(room)).isEqualTo(log);
            }
        }
        // Not by AssertJ's own comparison of sets, which would print them all.
        assertThat(stored.equals(said))
                .as("%d stored, %d said", stored.size(), said.size())
                .isTrue();
    }
}

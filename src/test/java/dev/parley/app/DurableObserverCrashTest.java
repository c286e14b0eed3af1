package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a durable observer gets when its process is killed: with a real process. */
@Timeout(300)
class DurableObserverCrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("parley.test.kills", 4);

    @TempDir
    Path folder;

    @Test
    void eachEntryComesAtLeastOnceAndInOrderAfterKillNine() throws Exception {
        List<List<String>> rounds = new ArrayList<>();
        for (int round = 1; round <= KILLS; round++) {
            // Each second process has stored positions when it is killed; the others may have stored none.
            boolean isLong = round % 2 == 0;
            try (DurableProcess process = new DurableProcess(folder, true)) {
                await().atMost(PATIENCE)
                        .until(() -> isLong
                                ? process.lines("stored").size() >= 2
                                : process.lines("heard").size() >= 200);
                process.kill();
                rounds.add(process.lines("heard"));
            }
        }
        List<String> lasts;
        try (DurableProcess process = new DurableProcess(folder, false)) {
            await().atMost(PATIENCE).until(() -> process.lines("last").size() == DurableProcess.ROOMS.size());
            lasts = process.lines("last");
            await().atMost(PATIENCE)
                    .until(() -> isAllHeard(
                            lasts,
                            Stream.concat(rounds.stream().flatMap(List::stream), process.lines("heard").stream())));
            process.kill();
            rounds.add(process.lines("heard"));
        }
        for (int i = 0; i < DurableProcess.ROOMS.size(); i++) {
            String room = DurableProcess.ROOMS.get(i);
            TreeSet<Long> all = new TreeSet<>();
            for (List<String> round : rounds) {
                List<Long> numbers = numbers(round, room);
                assertFollows(numbers, all);
                all.addAll(numbers);
            }
            long last = numberOf(lasts.get(i));
            assertThat(all.first()).isEqualTo(1);
            assertThat(all.last()).isEqualTo(last);
            assertThat(all).hasSize((int) last);
            // The last process went on behind the beginning.
            assertThat(numbers(rounds.get(KILLS), room)).doesNotContain(1L);
        }
    }

    private static boolean isAllHeard(List<String> lasts, Stream<String> heard) {
        List<String> wanted =
                lasts.stream().map(line -> line.replace("last ", "heard ")).toList();
        return heard.collect(Collectors.toSet()).containsAll(wanted);
    }

    private static long numberOf(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** The entries of one process are in order without a gap, and begin at the latest behind those of the processes before. */
    private static void assertFollows(List<Long> round, TreeSet<Long> before) {
        for (int i = 1; i < round.size(); i++) {
            assertThat(round.get(i)).isEqualTo(round.get(i - 1) + 1);
        }
        if (!round.isEmpty()) {
            assertThat(round.get(0)).isLessThanOrEqualTo(before.isEmpty() ? 1 : before.last() + 1);
        }
    }

    private static List<Long> numbers(List<String> heard, String room) {
        return heard.stream()
                .filter(line -> line.startsWith("heard " + room + " "))
                .map(DurableObserverCrashTest::numberOf)
                .toList();
    }
}

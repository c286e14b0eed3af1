package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Frame;
import dev.parley.testing.LoopDisk;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that stops answering in the midst of a talk holds up only those who need it, and all is well when it is back. */
@Timeout(300)
class DiskStallIT {
    /** As long as a storage network may take to find another way. */
    private static final Duration STALL = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DISK_MEGABYTES = 64;
    private static final int SPEAKERS = 8;
    private static final int ENOUGH = 100;
    private static final int JOINS = 100;
    private static final int ATTEMPTS = 1_000;
    /** What comes and goes by itself: the compiler's threads, and those of the WebSocket container that answer requests. */
    private static final int OTHER_THREADS = 16;

    private static final RoomName ROOM = new RoomName("archive");

    private final List<Caller> lines = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    @TempDir
    private Path folder;

    @Test
    void whoSpeaksOrJoinsMeanwhileIsToldSoAndNothingIsLostOrDoubled() throws Exception {
        LoopDisk.assumePossible();
        try (LoopDisk disk = LoopDisk.create(folder, DISK_MEGABYTES);
                ServerProcess server = ServerProcess.start(Map.of(
                        "parley.data", disk.root().resolve("data").toString(),
                        "parley.rate", "1000000",
                        "parley.heartbeat", "1000"))) {
            List<Talk> talks = Stream.generate(() -> new Talk(member(server), "talk-" + lines.size()))
                    .limit(SPEAKERS)
                    .toList();
            await().atMost(PATIENCE).until(() -> talks.stream().allMatch(talk -> talk.said.size() >= ENOUGH));
            Caller reader = member(server);
            Caller late = member(server);
            int threads = threads(server);

            disk.freeze();
            try {
                long end = System.nanoTime() + STALL.toNanos();
                await("the server's own word of it")
                        .atMost(PATIENCE)
                        .until(() -> server.output().contains("the disk does not answer"));
                List<Caller> joining =
                        Stream.generate(() -> joins(server)).limit(JOINS).toList();
                for (int i = 0; i < ATTEMPTS; i++) {
                    assertThat(says(late, "late-" + i)).isFalse();
                }
                for (Caller line : joining) {
                    assertIsAnswered(line);
                }
                assertThat(threads(server)).as("threads in the stall").isLessThanOrEqualTo(threads + OTHER_THREADS);
                while (System.nanoTime() < end) {
                    reader.line().await(Frame.PING);
                    isAnsweredWithABeat(reader);
                }
            } finally {
                disk.thaw();
            }

            await("to be heard again").atMost(PATIENCE).until(() -> says(late, "late-" + ATTEMPTS));
            assertIsMember(joins(server));
            for (Talk talk : talks) {
                talk.ends();
                said.addAll(talk.said);
                refused.addAll(talk.refused);
            }
            // Once refused, they may still be said under the same id.
            assertThat(says(late, "late-0")).isTrue();
            refused.removeAll(said);
            assertHolds(reader);
            isAnsweredWithABeat(reader);
            assertThat(threads(server)).as("threads after the stall").isLessThanOrEqualTo(threads + OTHER_THREADS);
        } finally {
            lines.forEach(Caller::close);
        }
    }

    private Caller line(ServerProcess server) {
        Caller line = new Caller(server.chat());
        lines.add(line);
        return line;
    }

    private Caller joins(ServerProcess server) {
        Caller line = line(server);
        line.says(new ClientMessage.Join(null, ROOM, null, null, 0));
        return line;
    }

    private Caller member(ServerProcess server) {
        Caller line = joins(server);
        assertIsMember(line);
        return line;
    }

    private static void assertIsMember(Caller line) {
        assertThat(line.answer()).isInstanceOf(ServerMessage.Joined.class);
    }

    /** Either will do: what is in memory can be read while nothing can be written. */
    private static void assertIsAnswered(Caller line) {
        ServerMessage answer = line.answer();
        if (answer instanceof ServerMessage.Error error) {
            assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        } else {
            assertThat(answer).isInstanceOf(ServerMessage.Joined.class);
        }
    }

    private static void isAnsweredWithABeat(Caller reader) {
        reader.says(new ClientMessage.Beat());
        reader.awaits(ServerMessage.Beat.class);
    }

    private boolean says(Caller line, String id) {
        boolean isSaid = isSaid(line, id);
        (isSaid ? said : refused).add(id);
        return isSaid;
    }

    /** Says it and waits for the answer: whether it was said, or could not be now. */
    private static boolean isSaid(Caller line, String id) {
        line.says(new ClientMessage.Say(null, ROOM, id, new Body.Text(id)));
        ServerMessage answer = line.answer();
        if (answer instanceof ServerMessage.Said ok) {
            assertThat(ok.id()).isEqualTo(id);
            return true;
        }
        assertThat(answer)
                .isInstanceOfSatisfying(
                        ServerMessage.Error.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        return false;
    }

    /** The log is what was said, each once, and nothing else; in particular nothing that was refused. */
    private void assertHolds(Caller reader) {
        List<Entry> log = new ArrayList<>();
        ServerMessage.History page;
        do {
            reader.says(new ClientMessage.History(null, ROOM, null, (long) log.size(), ClientMessage.MAX_LIMIT));
            page = reader.awaits(ServerMessage.History.class);
            log.addAll(page.entries());
        } while (page.more());
        assertThat(log)
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, log.size()).boxed().toList());
        List<String> ids = log.stream().map(Entry::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
        // Not by AssertJ's own comparison of sets, which would print them all.
        assertThat(new HashSet<>(ids).equals(said))
                .as("%d stored, %d said", ids.size(), said.size())
                .isTrue();
        assertThat(refused).isNotEmpty().doesNotContainAnyElementsOf(ids);
    }

    private static int threads(ServerProcess server) {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + server.pid() + "/status"))) {
            return status.filter(line -> line.startsWith("Threads:"))
                    .mapToInt(line -> Integer.parseInt(line.split("\\s+")[1]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Someone who says one thing after the other, each when the one before is answered, on a thread of its own. */
    private static final class Talk {
        final Set<String> said = ConcurrentHashMap.newKeySet();
        final Set<String> refused = ConcurrentHashMap.newKeySet();
        private final Thread thread;
        private volatile boolean ending;
        private volatile Throwable wrong;

        Talk(Caller line, String name) {
            thread = new Thread(() -> talk(line, name), name);
            thread.setDaemon(true);
            thread.start();
        }

        private void talk(Caller line, String name) {
            try {
                for (int i = 0; !ending; i++) {
                    String id = name + "-" + i;
                    (isSaid(line, id) ? said : refused).add(id);
                }
            } catch (RuntimeException | Error e) {
                wrong = e;
            }
        }

        void ends() throws InterruptedException {
            ending = true;
            thread.join(PATIENCE.toMillis());
            assertThat(wrong).isNull();
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
